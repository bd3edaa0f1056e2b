#include "ui/widgets/shortcut_sheet.h"

#include "ui/actions/action_list.h"
#include "ui/text/fuzzy.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr QSize sheetSize{860, 600};

/// Null when no action of the context fits.
QWidget* makeGroup(const std::vector<ShortcutSheet::Line>& lines, ActionContext context, const QString& typed)
{
    auto* grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::page);
    grid->setVerticalSpacing(6);
    int count = 0;
    for (const auto& [place, keys, text] : lines) {
        if (place != context || !fuzzyScore(typed, QString{text + u' ' + keys}))
            continue;
        const int column = count % 2 * 2;
        QLabel* key = makeLabel(keys, TextKind::Label);
        grid->addWidget(key, count / 2, column);
        grid->addWidget(makeLabel(text), count / 2, column + 1);
        ++count;
    }
    if (count == 0) {
        delete grid;
        return nullptr;
    }
    for (const int column : {1, 3})
        grid->setColumnStretch(column, 1);
    for (const int column : {0, 2})
        grid->setColumnMinimumWidth(column, 96);
    auto* group = new QWidget;
    auto* layout = new QVBoxLayout{group};
    layout->setContentsMargins(0, 0, 0, metrics::large);
    layout->setSpacing(metrics::small);
    layout->addWidget(makeLabel(wordOf(context), TextKind::Head));
    layout->addLayout(grid);
    return group;
}

} // namespace

ShortcutSheet::ShortcutSheet(const ActionList& actions, QWidget* parent)
    : QDialog{parent}
    , m_field{new QLineEdit}
    , m_groups{new QVBoxLayout}
{
    for (const ActionSpec& spec : actionSpecs()) {
        if (const QString keys = actions.shownKeys(spec); !keys.isEmpty())
            m_lines.push_back({spec.context, keys, textOf(spec)});
    }
    setObjectName(QStringLiteral("shortcuts"));
    setWindowTitle(tr("Shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(sheetSize);
    m_field->setObjectName(QStringLiteral("shortcuts.field"));
    m_field->setPlaceholderText(tr("Search keys and commands"));
    m_field->setAccessibleName(m_field->placeholderText());
    auto* inner = new QWidget;
    m_groups->setContentsMargins(0, 0, metrics::small, 0);
    m_groups->addStretch();
    inner->setLayout(m_groups);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inner);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::page);
    layout->setSpacing(metrics::large);
    layout->addWidget(makeLabel(tr("Shortcuts"), TextKind::Title));
    layout->addWidget(m_field);
    layout->addWidget(scroll, 1);
    connect(m_field, &QLineEdit::textChanged, this, &ShortcutSheet::search);
    search({});
}

void ShortcutSheet::search(const QString& typed)
{
    while (m_groups->count() > 1) {
        QLayoutItem* item = m_groups->takeAt(0);
        delete item->widget();
        delete item;
    }
    using enum ActionContext;
    for (const ActionContext context : {Window, Send, Board, Log, Channels, Connections, Authorization}) {
        if (QWidget* group = makeGroup(m_lines, context, typed))
            m_groups->insertWidget(m_groups->count() - 1, group);
    }
}

} // namespace castdeck::ui
