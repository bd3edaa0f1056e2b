#include "ui/widgets/json_editor.h"

#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/json_highlighter.h"

#include <QtCore/QMimeData>
#include <QtCore/QUrl>
#include <QtGui/QPainter>
#include <QtGui/QTextBlock>

namespace castdeck::ui {

namespace {

constexpr int numberPadding = 10;

class NumberArea : public QWidget {
public:
    explicit NumberArea(JsonEditor* editor) : QWidget{editor}, m_editor{editor} {}
    QSize sizeHint() const override { return {m_editor->numberAreaWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent* event) override { m_editor->paintNumbers(event); }

private:
    JsonEditor* m_editor;
};

/// The position of the bracket that belongs to the one at `at`, or -1. Looks at `reach` characters at most.
int matchingBracket(const QTextDocument* document, int at)
{
    constexpr int reach = 20'000;
    const QChar bracket = document->characterAt(at);
    const bool isForward = bracket == u'{' || bracket == u'[';
    const int step = isForward ? 1 : -1;
    int depth = 0;
    for (int i = at, seen = 0; i >= 0 && i < document->characterCount() && seen < reach; i += step, ++seen) {
        const QChar c = document->characterAt(i);
        if (c == u'{' || c == u'[')
            depth += step;
        else if (c == u'}' || c == u']')
            depth -= step;
        if (depth == 0)
            return i;
    }
    return -1;
}

} // namespace

JsonEditor::JsonEditor(const QString& name, const QString& accessibleName, QWidget* parent)
    : QPlainTextEdit{parent}
    , m_numbers{new NumberArea{this}}
    , m_highlighter{new JsonHighlighter{document()}}
{
    setObjectName(name);
    setAccessibleName(accessibleName);
    setFont(codeFont(metrics::bodyText));
    setTabChangesFocus(true);
    setLineWrapMode(WidgetWidth);
    setWordWrapMode(QTextOption::WrapAnywhere);
    document()->setDocumentMargin(metrics::small);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &JsonEditor::updateMargins);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        dy != 0 ? m_numbers->scroll(0, dy) : m_numbers->update(0, rect.y(), m_numbers->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &JsonEditor::showMarks);
    updateMargins();
}

std::string JsonEditor::bytes() const
{
    // toPlainText() turns U+00A0 into a blank; the raw text only separates lines by U+2029.
    QString text = document()->toRawText();
    text.replace(QChar::ParagraphSeparator, u'\n');
    text.replace(QChar::LineSeparator, u'\n');
    return toStd(text);
}

void JsonEditor::replaceText(const QString& text)
{
    QTextCursor cursor{document()};
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    cursor.setPosition(0);
    setTextCursor(cursor);
}

void JsonEditor::setMistake(const std::optional<TextPlace>& place)
{
    if (m_mistake == place)
        return;
    m_mistake = place;
    showMarks();
    m_numbers->update();
}

void JsonEditor::setColoured(bool isColoured)
{
    m_highlighter->setOn(isColoured);
}

int JsonEditor::numberAreaWidth() const
{
    const int digits = std::max(2, static_cast<int>(QString::number(blockCount()).size()));
    return 2 * numberPadding + digits * fontMetrics().horizontalAdvance(u'9');
}

void JsonEditor::paintNumbers(QPaintEvent* event)
{
    const Colors& colors = Theme::colors();
    QPainter painter{m_numbers};
    painter.fillRect(event->rect(), colors.raised);
    painter.setPen(colors.border);
    painter.drawLine(m_numbers->width() - 1, event->rect().top(), m_numbers->width() - 1, event->rect().bottom());
    painter.setFont(codeFont());
    const int current = textCursor().blockNumber();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF box = blockBoundingGeometry(block).translated(contentOffset());
        if (box.top() > event->rect().bottom())
            break;
        const bool isWrong = m_mistake && m_mistake->line == block.blockNumber() + 1;
        painter.setPen(isWrong ? colors.danger : block.blockNumber() == current ? colors.text : colors.faint);
        const QRectF line{0, box.top(), static_cast<qreal>(m_numbers->width() - numberPadding),
                          static_cast<qreal>(fontMetrics().height())};
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, QString::number(block.blockNumber() + 1));
    }
}

void JsonEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    const QRect area = contentsRect();
    m_numbers->setGeometry(area.left(), area.top(), numberAreaWidth(), area.height());
}

void JsonEditor::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_highlighter->rehighlight();
        showMarks();
    }
}

bool JsonEditor::canInsertFromMimeData(const QMimeData* source) const
{
    return source->hasText() || source->hasUrls();
}

void JsonEditor::insertFromMimeData(const QMimeData* source)
{
    if (source->hasUrls() && source->urls().constFirst().isLocalFile()) {
        Q_EMIT fileDropped(source->urls().constFirst().toLocalFile());
        return;
    }
    const QString text = source->text();
    if (text.size() > maxPastedCharacters)
        Q_EMIT pasteRefused(toStd(text).size());
    else
        textCursor().insertText(text);
}

void JsonEditor::updateMargins()
{
    setViewportMargins(numberAreaWidth(), 0, 0, 0);
    const QRect area = contentsRect();
    m_numbers->setGeometry(area.left(), area.top(), numberAreaWidth(), area.height());
}

QTextEdit::ExtraSelection JsonEditor::markAt(int position, int length) const
{
    QTextEdit::ExtraSelection mark;
    mark.cursor = QTextCursor{document()};
    mark.cursor.setPosition(position);
    mark.cursor.setPosition(position + length, QTextCursor::KeepAnchor);
    return mark;
}

void JsonEditor::addBracketMarks(QList<QTextEdit::ExtraSelection>& marks) const
{
    static const QString brackets = QStringLiteral("{}[]");
    const int cursor = textCursor().position();
    for (const int at : {cursor - 1, cursor}) {
        if (at < 0 || !brackets.contains(document()->characterAt(at)))
            continue;
        const int other = matchingBracket(document(), at);
        if (other < 0)
            return;
        for (const int position : {at, other}) {
            marks.append(markAt(position, 1));
            marks.last().format.setBackground(Theme::colors().selection);
        }
        return;
    }
}

void JsonEditor::showMarks()
{
    QList<QTextEdit::ExtraSelection> marks;
    addBracketMarks(marks);
    if (m_mistake) {
        const QTextBlock block = document()->findBlockByNumber(m_mistake->line - 1);
        // A mistake at the end of a line has no character of its own: the last one carries the mark.
        const int column = std::min(m_mistake->column - 1, std::max(0, block.length() - 2));
        marks.append(markAt(block.position() + column, block.length() > 1 ? 1 : 0));
        marks.last().format.setBackground(Theme::colors().soft(Tone::Danger));
        marks.last().format.setUnderlineColor(Theme::colors().danger);
        marks.last().format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    }
    setExtraSelections(marks);
    m_numbers->update();
}

} // namespace castdeck::ui
