#pragma once

#include <QtGui/QSyntaxHighlighter>

namespace castdeck::ui {

/// Colours JSON line by line, valid or not. Lines beyond maxColouredLine stay plain: they would stall the editor.
class JsonHighlighter : public QSyntaxHighlighter {
    Q_OBJECT

public:
    static constexpr int maxColouredLine = 8'192;

    using QSyntaxHighlighter::QSyntaxHighlighter;

    void setOn(bool isOn);
    /// For valid JSON whose long lines were cut: a string that is open at the end of a line goes on in the next.
    void setStringsContinue(bool doContinue) { m_stringsContinue = doContinue; }

protected:
    void highlightBlock(const QString& text) override;

private:
    bool m_isOn = true;
    bool m_stringsContinue = false;
};

} // namespace castdeck::ui
