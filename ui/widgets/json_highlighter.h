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

protected:
    void highlightBlock(const QString& text) override;

private:
    bool m_isOn = true;
};

} // namespace castdeck::ui
