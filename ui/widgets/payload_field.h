#pragma once

#include "ui/text/draft.h"

#include <QtWidgets/QWidget>

#include <string>

class QLabel;
class QPushButton;

namespace castdeck::ui {

class JsonEditor;
class Segmented;
class SizeMeter;

/// The payload of a message: what kind of text it is, the editor, files, and what is said of it while it is written.
/// Never changes a byte unasked.
class PayloadField : public QWidget {
    Q_OBJECT

public:
    explicit PayloadField(QWidget* parent = nullptr);

    std::string bytes() const;
    PayloadMode mode() const;
    void setPayload(const std::string& bytes, PayloadMode mode);
    int cursorPosition() const;
    void setCursorPosition(int position);
    /// Both from 1.
    void goTo(int line, int column);
    /// What was found out about the draft that the payload belongs to.
    void showState(const Draft& draft, const DraftProblems& problems, const DraftLimits& limits);
    /// What it holds is the payload from then on. What is too large is refused by its size, unread.
    void takeFile(const QString& path);

Q_SIGNALS:
    void changed();
    void refused(const QString& sentence);
    void sendAsTextRequested();
    void sendAnywayRequested(); ///< Although it is larger than servers usually take.

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    QWidget* buildHead();
    QWidget* buildFoot();
    QPushButton* buildPlaceholderMenu();
    void connectParts();
    void rewrite(std::string (*change)(std::string_view));
    void insertPlaceholder(const QString& placeholder);
    void askForFile();

    Segmented* m_mode;
    QPushButton* m_file;
    QPushButton* m_format;
    QPushButton* m_minify;
    JsonEditor* m_editor;
    QLabel* m_hint;
    QPushButton* m_sendAsText;
    QPushButton* m_sendAnyway;
    SizeMeter* m_size;
};

} // namespace castdeck::ui
