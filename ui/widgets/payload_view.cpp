#include "ui/widgets/payload_view.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "ui/models/json_tree_model.h"
#include "ui/text/json_text.h"
#include "ui/text/payload_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/json_highlighter.h"
#include "ui/widgets/row_delegate.h"
#include "ui/widgets/segmented.h"

#include <QtCore/QEvent>
#include <QtCore/QMimeData>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QTextCursor>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t wholeUpTo = std::size_t{256} * 1'024;
constexpr std::size_t partBytes = std::size_t{64} * 1'024;
constexpr qsizetype blockCharacters = 1'024;
constexpr int deepest = 500;

/// Lines that would stall the text widget are cut into display blocks; only the view knows about them.
QString inDisplayBlocks(const QString& text)
{
    QStringList lines;
    for (const QString& line : text.split(u'\n')) {
        if (line.size() <= JsonHighlighter::maxColouredLine) {
            lines << line;
            continue;
        }
        for (qsizetype at = 0; at < line.size();) {
            const qsizetype last = std::min(at + blockCharacters, line.size()) - 1;
            const qsizetype next = line[last].isHighSurrogate() ? last : last + 1; // Both halves stay together.
            lines << line.mid(at, std::max(next, at + 1) - at);
            at = std::max(next, at + 1);
        }
    }
    return lines.join(u'\n');
}

/// The end of a part that begins at `from`: after a line, or else between two characters.
std::size_t endOfPart(std::string_view text, std::size_t from)
{
    if (text.size() - from <= partBytes)
        return text.size();
    std::size_t end = from + partBytes;
    const std::size_t lineEnd = text.rfind('\n', end - 1);
    if (lineEnd != std::string_view::npos && lineEnd > from)
        return lineEnd + 1;
    while (end > from + 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return end;
}

} // namespace

PayloadView::PayloadView(const QString& name, QWidget* parent)
    : QWidget{parent}
    , m_view{new Segmented{{{name + QStringLiteral(".pretty"), tr("Pretty")},
                            {name + QStringLiteral(".raw"), tr("Raw")},
                            {name + QStringLiteral(".tree"), tr("Tree")},
                            {name + QStringLiteral(".hex"), tr("Hex")}}}}
    , m_size{makeLabel({}, TextKind::Hint)}
    , m_copy{makeButton(name + QStringLiteral(".copy"), tr("Copy"), QStringLiteral("copy"), ButtonKind::Small)}
    , m_wrap{makeIconButton(name + QStringLiteral(".wrap"), QStringLiteral("wrap"), tr("Wrap long lines"))}
    , m_notes{makeLabel({}, TextKind::Hint)}
    , m_all{makeButton(name + QStringLiteral(".all"), tr("Show all"), {}, ButtonKind::Small)}
    , m_stack{new QStackedWidget}
    , m_text{new QPlainTextEdit}
    , m_tree{new QTreeView}
    , m_treeModel{new JsonTreeModel{this}}
    , m_hex{new HexView{name + QStringLiteral(".bytes")}}
    , m_highlighter{new JsonHighlighter{m_text->document()}}
{
    buildViews(name);
    m_notes->setObjectName(name + QStringLiteral(".notes"));
    m_notes->setWordWrap(true);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(buildHead());
    layout->addWidget(m_notes);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_all, 0, Qt::AlignHCenter);
    connectAll();
    setPayload(nullptr);
}

QWidget* PayloadView::buildHead()
{
    m_wrap->setCheckable(true);
    m_wrap->setChecked(true);
    auto* views = new QHBoxLayout;
    views->setSpacing(metrics::small);
    views->addWidget(m_view);
    views->addStretch();
    views->addWidget(m_wrap);
    auto* sizes = new QHBoxLayout;
    sizes->setSpacing(metrics::small);
    sizes->addWidget(m_size);
    sizes->addStretch();
    sizes->addWidget(m_copy);
    auto* head = new QWidget;
    auto* layout = new QVBoxLayout{head};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addLayout(views);
    layout->addLayout(sizes);
    return head;
}

void PayloadView::buildViews(const QString& name)
{
    m_text->setObjectName(name);
    m_text->setAccessibleName(tr("Payload"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setProperty("look", QStringLiteral("code"));
    m_text->setFont(codeFont());
    m_text->setTabChangesFocus(true);
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->setUndoRedoEnabled(false);
    m_text->document()->setDocumentMargin(metrics::small);
    m_tree->setObjectName(name + QStringLiteral(".nodes"));
    m_tree->setAccessibleName(tr("Payload as a tree"));
    m_tree->setModel(m_treeModel);
    m_tree->setItemDelegate(new RowDelegate{m_tree});
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(14);
    m_tree->header()->resizeSection(JsonTreeModel::Name, 150);
    m_tree->header()->setStretchLastSection(true);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_hex);
}

void PayloadView::connectAll()
{
    connect(m_view, &Segmented::chosen, this, [this](int view) {
        m_wanted = static_cast<View>(view);
        showPayload();
    });
    connect(m_copy, &QPushButton::clicked, this, &PayloadView::copyPayload);
    connect(m_wrap, &QToolButton::toggled, this, [this](bool isWrapped) {
        m_text->setWordWrapMode(isWrapped ? QTextOption::WrapAnywhere : QTextOption::NoWrap);
    });
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_showsAll = true;
        showText();
    });
    m_parts.setInterval(0ms);
    connect(&m_parts, &QTimer::timeout, this, &PayloadView::appendPart);
    m_notesDelay.setSingleShot(true);
    connect(&m_notesDelay, &QTimer::timeout, this, &PayloadView::showNotes);
}

void PayloadView::setPayload(std::shared_ptr<const std::string> payload)
{
    m_payload = std::move(payload);
    m_isJson = m_payload && !json::check(*m_payload, deepest);
    m_showsAll = m_payload && m_payload->size() <= wholeUpTo;
    m_source.reset();
    m_copy->setEnabled(m_payload != nullptr);
    m_view->setVisible(m_payload != nullptr);
    m_wrap->setVisible(m_payload != nullptr);
    m_view->setChoiceEnabled(Pretty, m_isJson);
    m_view->setChoiceEnabled(Tree, m_isJson);
    m_size->setText(!m_payload ? QString{}
                    : m_isJson ? shownSize(m_payload->size())
                               : tr("text, %1").arg(shownSize(m_payload->size())));
    m_treeModel->setPayload(nullptr);
    m_notes->hide();
    if (m_isJson)
        m_notesDelay.start(0ms); // The first screen comes first.
    showPayload();
}

void PayloadView::setView(View view)
{
    m_wanted = view;
    showPayload();
}

void PayloadView::showPayload()
{
    const bool isTextOnly = !m_isJson && (m_wanted == Pretty || m_wanted == Tree);
    const View view = isTextOnly ? Raw : m_wanted;
    m_view->setCurrent(view);
    m_wrap->setEnabled(view == Pretty || view == Raw);
    m_parts.stop();
    m_stack->setCurrentIndex(view == Tree ? 1 : view == Hex ? 2 : 0);
    m_hex->setBytes(view == Hex ? m_payload : nullptr);
    if (view == Tree) {
        m_treeModel->setPayload(m_payload);
        m_tree->expand(m_treeModel->index(0, 0));
    } else if (view != Hex) {
        showText();
    }
    showAllButton();
}

void PayloadView::showText()
{
    m_parts.stop();
    m_text->clear();
    m_at = 0;
    if (!m_payload) {
        m_text->setPlaceholderText(tr("This row has no payload."));
        return;
    }
    const bool isPretty = m_isJson && m_view->current() == Pretty;
    m_source = isPretty ? std::make_shared<const std::string>(
                              prettyJson(*m_payload, m_showsAll ? std::string_view::npos : partBytes))
                        : m_payload;
    m_isSourceCut = isPretty && !m_showsAll;
    m_highlighter->setOn(m_isJson);
    m_highlighter->setStringsContinue(m_isJson);
    appendPart();
    m_text->moveCursor(QTextCursor::Start);
    showAllButton();
}

void PayloadView::appendPart()
{
    const std::string_view source{*m_source};
    const std::size_t end = endOfPart(source, m_at);
    std::string_view part = source.substr(m_at, end - m_at);
    const bool isFirst = m_at == 0;
    m_at = end;
    if (part.ends_with('\n') && m_at < source.size())
        part.remove_suffix(1); // Each part is a paragraph of its own.
    const QString shown = inDisplayBlocks(shownText(part, part.size(), LineEnds::Keep));
    if (isFirst) {
        m_text->setPlainText(shown);
    } else {
        QTextCursor cursor{m_text->document()};
        cursor.movePosition(QTextCursor::End);
        cursor.insertBlock();
        cursor.insertText(shown);
    }
    const bool goesOn = m_showsAll && m_at < source.size();
    if (goesOn && !m_parts.isActive())
        m_parts.start();
    else if (!goesOn)
        m_parts.stop();
}

bool PayloadView::isWhole() const
{
    return m_showsAll || !m_source || (!m_isSourceCut && m_at >= m_source->size());
}

void PayloadView::showAllButton()
{
    m_all->setVisible(m_payload && m_stack->currentIndex() == 0 && !isWhole());
    if (m_payload)
        m_all->setText(tr("Show all (%1)").arg(shownSize(m_payload->size())));
}

void PayloadView::showNotes()
{
    if (!m_payload || !m_isJson)
        return;
    const QString words = wordsFor(findJsonNotes(*m_payload));
    m_notes->setText(words);
    m_notes->setVisible(!words.isEmpty());
}

void PayloadView::copyPayload()
{
    copyWithNotice(m_copy, toQt(*m_payload));
    if (isValidUtf8(*m_payload))
        return;
    auto* mime = new QMimeData; // Text cannot hold these bytes.
    mime->setText(toQt(*m_payload));
    mime->setData(QStringLiteral("application/octet-stream"), QByteArray::fromStdString(*m_payload));
    QGuiApplication::clipboard()->setMimeData(mime);
}

void PayloadView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->rehighlight();
    QWidget::changeEvent(event);
}

} // namespace castdeck::ui
