#pragma once

#include "ui/text/json_text.h"

#include <QtWidgets/QPlainTextEdit>

#include <optional>
#include <string>

namespace castdeck::ui {

class JsonHighlighter;

/// A text editor with line numbers, JSON colours, matching brackets, and one marked mistake.
class JsonEditor : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit JsonEditor(const QString& name, const QString& accessibleName, QWidget* parent = nullptr);

    /// More is not taken at once from the clipboard or a drop: it would stall the window.
    static constexpr qsizetype maxPastedCharacters = 131'072;

    /// What is in the editor as UTF-8, byte for byte what was typed or set.
    std::string bytes() const;
    /// Replaces the text in one step that undo takes back.
    void replaceText(const QString& text);

    void setMistake(const std::optional<TextPlace>& place);
    void setColoured(bool isColoured);

    int numberAreaWidth() const;
    void paintNumbers(QPaintEvent* event);

Q_SIGNALS:
    void pasteRefused(std::size_t bytes);
    void fileDropped(const QString& path); ///< Nothing of it was read.

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;

private:
    void showMarks();
    void updateMargins();
    QTextEdit::ExtraSelection markAt(int position, int length) const;
    void addBracketMarks(QList<QTextEdit::ExtraSelection>& marks) const;

    QWidget* m_numbers;
    JsonHighlighter* m_highlighter;
    std::optional<TextPlace> m_mistake;
};

} // namespace castdeck::ui
