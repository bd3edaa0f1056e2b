#pragma once

#include "core/remote/capabilities.h"

#include <QtWidgets/QFrame>

#include <vector>

class QVBoxLayout;

namespace castdeck::ui {

/// What a server elsewhere tells, one line a subject: whether it does, which call was tried, what came back, and which
/// kinds of servers offer what it does not.
class CapabilityList : public QFrame {
    Q_OBJECT

public:
    explicit CapabilityList(QWidget* parent = nullptr);

    void setCapabilities(const std::vector<remote::Capability>& capabilities);

private:
    QWidget* makeLine(const remote::Capability& capability) const;

    std::vector<remote::Capability> m_shown;
    QVBoxLayout* m_lines;
};

} // namespace castdeck::ui
