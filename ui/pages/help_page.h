#pragma once

#include <QtWidgets/QWidget>

class QListWidget;
class QTextBrowser;

namespace castdeck::ui {

/// The handbook inside the program: Markdown pages that are part of it, and the list of shortcuts made from the list of
/// actions. Opens nothing from outside.
class HelpPage : public QWidget {
    Q_OBJECT

public:
    explicit HelpPage(QWidget* parent = nullptr);

    /// "first-event", "log", "rules", "channels", "connect", "shortcuts"; another shows the first page.
    void showTopic(const QString& topic);
    QString topic() const;

private:
    void showRow(int row);

    QListWidget* m_topics;
    QTextBrowser* m_text;
};

/// All shortcuts as a page of Markdown.
QString shortcutsMarkdown();

} // namespace castdeck::ui
