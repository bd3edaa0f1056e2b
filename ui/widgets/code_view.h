#pragma once

#include <QtWidgets/QWidget>

#include <string>

class QVBoxLayout;

namespace castdeck::ui {

/// How to listen for one event: a line of code for each client, with a button that copies it.
class CodeView : public QWidget {
    Q_OBJECT

public:
    explicit CodeView(QWidget* parent = nullptr);

    /// Nothing to listen for when one of them is empty.
    void setListening(const std::string& channel, const std::string& event);

private:
    void addHint(const QString& client, const QString& code, const QString& note);

    QVBoxLayout* m_layout;
};

} // namespace castdeck::ui
