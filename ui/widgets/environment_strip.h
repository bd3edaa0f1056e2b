#pragma once

#include "ui/models/profile.h"

#include <QtWidgets/QLabel>

namespace castdeck::ui {

/// The line of a profile's colour under the toolbar; for production it is high enough to hold the word.
class EnvironmentStrip : public QLabel {
    Q_OBJECT

public:
    explicit EnvironmentStrip(QWidget* parent = nullptr);

    void showProfile(const Profile& profile);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Profile::Color m_color = Profile::Color::Blue;
    bool m_isProduction = false;
};

} // namespace castdeck::ui
