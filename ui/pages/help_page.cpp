#include "ui/pages/help_page.h"

#include "ui/actions/action_list.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"

#include <QtCore/QFile>
#include <QtCore/QUrl>
#include <QtGui/QTextBlock>
#include <QtGui/QTextCursor>
#include <QtGui/QTextDocument>
#include <QtGui/QTextTable>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QTextBrowser>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int topicRole = Qt::UserRole;
constexpr int listWidth = 220;
constexpr int readingWidth = 720;
constexpr int lineHeightPercent = 135;
const QString shortcutsTopic = QStringLiteral("shortcuts");

QString markdownOf(const QString& topic)
{
    if (topic == shortcutsTopic)
        return shortcutsMarkdown();
    QFile file{QStringLiteral(":/handbook/%1.md").arg(topic)};
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString{};
}

void layOut(QTextTable& table)
{
    QTextTableFormat format = table.format();
    format.setBorderCollapse(true);
    format.setBorder(1);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorderBrush(Theme::colors().border);
    format.setCellSpacing(0);
    format.setCellPadding(6);
    format.setTopMargin(metrics::tiny);
    format.setBottomMargin(metrics::medium);
    table.setFormat(format);
}

/// Room between lines and paragraphs, which Markdown says nothing about.
void layOut(QTextDocument& document)
{
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor{block};
        QTextBlockFormat format = block.blockFormat();
        const bool isTable = cursor.currentTable() != nullptr;
        if (QTextTable* table = cursor.currentTable(); table != nullptr && table->format().cellSpacing() > 0)
            layOut(*table);
        format.setLineHeight(isTable ? 100 : lineHeightPercent, QTextBlockFormat::ProportionalHeight);
        format.setTopMargin(format.headingLevel() > 1 ? metrics::large : 0);
        format.setBottomMargin(isTable ? 0 : metrics::small);
        cursor.setBlockFormat(format);
    }
}

} // namespace

QString shortcutsMarkdown()
{
    QString text = QStringLiteral("# %1\n").arg(HelpPage::tr("Shortcuts"));
    using enum ActionContext;
    for (const ActionContext context : {Window, Send, Board, Log, Channels, Connections, Authorization}) {
        QString rows;
        for (const ActionSpec& spec : actionSpecs()) {
            if (const QString keys = shownKeys(spec); spec.context == context && !keys.isEmpty())
                rows += QStringLiteral("| **%1** | %2 |\n").arg(keys, textOf(spec));
        }
        if (!rows.isEmpty())
            text += QStringLiteral("\n## %1\n\n| %2 | %3 |\n|---|---|\n%4")
                        .arg(wordOf(context), HelpPage::tr("Keys"), HelpPage::tr("What they do"), rows);
    }
    return text;
}

HelpPage::HelpPage(QWidget* parent) : QWidget{parent}, m_topics{new QListWidget}, m_text{new QTextBrowser}
{
    setObjectName(QStringLiteral("page.help"));
    m_topics->setObjectName(QStringLiteral("help.topics"));
    m_topics->setAccessibleName(tr("Pages of the handbook"));
    m_topics->setProperty("look", QStringLiteral("menu"));
    m_topics->setFixedWidth(listWidth);
    const std::pair<const char*, QString> topics[] = {
        {"first-event", tr("Your first event")},
        {"sending", tr("Send a message")},
        {"alerts", tr("Alerts and placeholders")},
        {"log", tr("The live log")},
        {"filter", tr("The filter line")},
        {"channels", tr("Channels and presence")},
        {"connections", tr("Connections and personas")},
        {"rules", tr("Who may use a channel")},
        {"connect", tr("Servers elsewhere")},
        {"window", tr("The window your way")},
        {"shortcuts", tr("Shortcuts")},
    };
    for (const auto& [topic, title] : topics) {
        auto* item = new QListWidgetItem{title, m_topics};
        item->setData(topicRole, QString::fromLatin1(topic));
        item->setSizeHint({0, metrics::control});
    }
    m_text->setObjectName(QStringLiteral("help.text"));
    m_text->setAccessibleName(tr("Handbook"));
    m_text->setOpenLinks(false);
    m_text->setOpenExternalLinks(false);
    m_text->setMaximumWidth(readingWidth);
    m_text->document()->setDocumentMargin(0);
    auto* list = new QVBoxLayout;
    list->setSpacing(metrics::large);
    list->addWidget(makeLabel(tr("Handbook"), TextKind::Title));
    list->addWidget(m_topics, 1);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::page);
    layout->setSpacing(metrics::page * 2);
    layout->addLayout(list);
    layout->addWidget(m_text, 100);
    layout->addStretch(1);
    connect(m_topics, &QListWidget::currentRowChanged, this, &HelpPage::showRow);
    connect(m_text, &QTextBrowser::anchorClicked, this,
            [this](const QUrl& link) { showTopic(link.path().section(u'.', 0, 0)); });
    m_topics->setCurrentRow(0);
}

void HelpPage::showTopic(const QString& topic)
{
    for (int row = 0; row < m_topics->count(); ++row) {
        if (m_topics->item(row)->data(topicRole).toString() == topic)
            m_topics->setCurrentRow(row);
    }
}

QString HelpPage::topic() const
{
    return m_topics->currentItem()->data(topicRole).toString();
}

void HelpPage::showRow(int row)
{
    if (row < 0)
        return;
    m_text->setMarkdown(markdownOf(topic()));
    layOut(*m_text->document());
    m_text->moveCursor(QTextCursor::Start);
}

} // namespace castdeck::ui
