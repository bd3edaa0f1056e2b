#include "ui/widgets/payload_view.h"

#include "core/base/json.h"
#include "ui/text/json_text.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/json_highlighter.h"
#include "ui/widgets/segmented.h"

#include <QtCore/QEvent>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr std::size_t wholeUpTo = std::size_t{256} * 1'024;
constexpr std::size_t firstPart = std::size_t{64} * 1'024;
constexpr qsizetype blockCharacters = 1'024;

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

} // namespace

PayloadView::PayloadView(const QString& name, QWidget* parent)
    : QWidget{parent}
    , m_view{new Segmented{
          {{name + QStringLiteral(".pretty"), tr("Pretty")}, {name + QStringLiteral(".raw"), tr("Raw")}}}}
    , m_size{makeLabel({}, TextKind::Hint)}
    , m_copy{makeButton(name + QStringLiteral(".copy"), tr("Copy"), QStringLiteral("copy"), ButtonKind::Small)}
    , m_all{makeButton(name + QStringLiteral(".all"), tr("Show all"), {}, ButtonKind::Small)}
    , m_text{new QPlainTextEdit}
    , m_highlighter{new JsonHighlighter{m_text->document()}}
{
    m_text->setObjectName(name);
    m_text->setAccessibleName(tr("Payload"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setProperty("look", QStringLiteral("code"));
    m_text->setFont(codeFont());
    m_text->setTabChangesFocus(true);
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->document()->setDocumentMargin(metrics::small);

    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::small);
    head->addWidget(m_view);
    head->addStretch();
    head->addWidget(m_size);
    head->addWidget(m_copy);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addLayout(head);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_all, 0, Qt::AlignHCenter);

    connect(m_view, &Segmented::chosen, this, &PayloadView::showPayload);
    connect(m_copy, &QPushButton::clicked, this, [this] { copyWithNotice(m_copy, toQt(*m_payload)); });
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_showsAll = true;
        showPayload();
    });
    setPayload(nullptr);
}

void PayloadView::setPayload(std::shared_ptr<const std::string> payload)
{
    m_payload = std::move(payload);
    m_isJson = m_payload && !json::check(*m_payload);
    m_showsAll = m_payload && m_payload->size() <= wholeUpTo;
    m_copy->setEnabled(m_payload != nullptr);
    m_view->setVisible(m_isJson); // There is only one way to look at a text.
    m_size->setText(!m_payload ? QString{}
                    : m_isJson ? shownSize(m_payload->size())
                               : tr("text, %1").arg(shownSize(m_payload->size())));
    showPayload();
}

void PayloadView::showPayload()
{
    m_all->setVisible(m_payload && !m_showsAll);
    if (!m_payload) {
        m_text->setPlainText({});
        m_text->setPlaceholderText(tr("This row has no payload."));
        return;
    }
    m_all->setText(tr("Show all (%1)").arg(shownSize(m_payload->size())));
    const bool isPretty = m_isJson && m_view->current() == Pretty;
    const std::string text = isPretty ? prettyJson(*m_payload) : *m_payload;
    m_highlighter->setOn(m_isJson);
    m_highlighter->setStringsContinue(m_isJson);
    m_text->setPlainText(inDisplayBlocks(shownText(text, m_showsAll ? text.size() : firstPart, LineEnds::Keep)));
}

void PayloadView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->rehighlight();
    QWidget::changeEvent(event);
}

} // namespace castdeck::ui
