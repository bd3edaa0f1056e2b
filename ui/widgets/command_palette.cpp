#include "ui/widgets/command_palette.h"

#include "ui/text/fuzzy.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QEvent>
#include <QtCore/QTimer>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace castdeck::ui {

namespace {

constexpr int paletteWidth = 560;
constexpr int paletteHeight = 400;
constexpr int rowHeight = 34;
constexpr std::size_t maxShown = 60;
constexpr int kindRole = Qt::UserRole;
constexpr int keysRole = Qt::UserRole + 1;
constexpr int iconRole = Qt::UserRole + 2;

class CommandDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, rowHeight}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Colors& colors = Theme::colors();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool isCurrent = (option.state & QStyle::State_Selected) != 0;
        if (isCurrent) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(colors.selection);
            painter->drawRoundedRect(QRectF{option.rect}.adjusted(4, 1, -4, -1), metrics::radius, metrics::radius);
        }
        const QRect inner = option.rect.adjusted(metrics::large, 0, -metrics::large, 0);
        const QString name = index.data(iconRole).toString();
        painter->drawPixmap(inner.left(), inner.center().y() - metrics::icon / 2 + 1,
                            iconPixmap(name, isCurrent ? colors.accent : colors.faint, metrics::icon,
                                       painter->device()->devicePixelRatioF()));
        paintTexts(*painter, inner.adjusted(metrics::icon + 10, 0, 0, 0), index);
        painter->restore();
    }

private:
    static void paintTexts(QPainter& painter, QRect rect, const QModelIndex& index)
    {
        const Colors& colors = Theme::colors();
        const QString right = index.data(keysRole).toString();
        painter.setFont(bodyFont(metrics::smallText));
        painter.setPen(colors.muted);
        painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter, right);
        rect.setRight(rect.right() - painter.fontMetrics().horizontalAdvance(right) - metrics::large);
        painter.setFont(bodyFont(metrics::bodyText, QFont::Medium));
        painter.setPen(colors.text);
        const QString title = painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, rect.width());
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, title);
        rect.setLeft(rect.left() + painter.fontMetrics().horizontalAdvance(title) + 10);
        painter.setFont(bodyFont(metrics::smallText));
        painter.setPen(colors.faint);
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(index.data(kindRole).toString(), Qt::ElideRight,
                                                          std::max(0, rect.width())));
    }
};

} // namespace

class CommandPalette::Model : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;

    void show(std::vector<const Command*> commands)
    {
        beginResetModel();
        m_shown = std::move(commands);
        endResetModel();
    }
    const Command* at(int row) const
    {
        return row >= 0 && row < rowCount({}) ? m_shown[static_cast<std::size_t>(row)] : nullptr;
    }

    int rowCount(const QModelIndex&) const override { return static_cast<int>(m_shown.size()); }
    QVariant data(const QModelIndex& index, int role) const override
    {
        const Command* command = at(index.row());
        if (command == nullptr)
            return {};
        switch (role) {
        case Qt::DisplayRole: return command->title;
        case Qt::AccessibleTextRole: return QStringLiteral("%1, %2").arg(command->title, command->kind);
        case kindRole: return command->kind;
        case keysRole: return command->keys;
        case iconRole: return command->icon;
        default: return {};
        }
    }

private:
    std::vector<const Command*> m_shown;
};

CommandPalette::CommandPalette(std::function<std::vector<Command>()> collect, QWidget* window)
    : QFrame{window}
    , m_collect{std::move(collect)}
    , m_model{new Model{this}}
    , m_field{new QLineEdit}
    , m_list{new QListView}
    , m_nothing{makeLabel(tr("Nothing fits these letters."), TextKind::Muted)}
{
    build();
    window->installEventFilter(this);
    hide();
}

void CommandPalette::build()
{
    setObjectName(QStringLiteral("palette"));
    setProperty("area", QStringLiteral("overlay"));
    m_field->setObjectName(QStringLiteral("palette.field"));
    m_field->setPlaceholderText(tr("Type a command, page, channel or profile"));
    m_field->setAccessibleName(m_field->placeholderText());
    m_field->addAction(icon(QStringLiteral("search"), Tone::Faint), QLineEdit::LeadingPosition);
    m_field->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("palette.list"));
    m_list->setAccessibleName(tr("Commands that fit"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate{m_list});
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus); // The field keeps the focus, its arrow keys move in the list.
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::small, metrics::small, metrics::small, metrics::small);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_field);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_nothing, 1);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_field, &QLineEdit::returnPressed, this, &CommandPalette::runCurrent);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::open(const QString& typed)
{
    m_commands = m_collect();
    m_focusBefore = window()->focusWidget();
    m_field->setText(typed);
    search(typed);
    place();
    show();
    raise();
    m_field->setFocus();
    m_field->selectAll();
}

void CommandPalette::place()
{
    const QWidget* window = parentWidget();
    const int height = std::min(paletteHeight, window->height() - 120);
    setGeometry((window->width() - paletteWidth) / 2, 64, paletteWidth, height);
}

void CommandPalette::search(const QString& typed)
{
    std::vector<std::pair<int, const Command*>> found;
    for (const Command& command : m_commands) {
        if (const auto score = fuzzyScore(typed, QString{command.title + u' ' + command.kind}))
            found.emplace_back(typed.trimmed().isEmpty() ? 0 : *score, &command);
    }
    std::ranges::stable_sort(found, std::greater{}, [](const auto& entry) { return entry.first; });
    if (found.size() > maxShown)
        found.resize(maxShown);
    std::vector<const Command*> shown;
    for (const auto& [score, command] : found)
        shown.push_back(command);
    m_list->setVisible(!shown.empty());
    m_nothing->setVisible(shown.empty());
    m_model->show(std::move(shown));
    m_list->setCurrentIndex(m_model->index(0));
}

void CommandPalette::runCurrent()
{
    const Command* command = m_model->at(m_list->currentIndex().row());
    if (command == nullptr)
        return;
    const auto run = command->run;
    leave();
    run();
}

void CommandPalette::leave()
{
    hide();
    if (m_focusBefore != nullptr && m_focusBefore->isVisible())
        m_focusBefore->setFocus();
    m_focusBefore = nullptr;
}

void CommandPalette::move(int rows)
{
    const int last = m_model->rowCount({}) - 1;
    m_list->setCurrentIndex(m_model->index(std::clamp(m_list->currentIndex().row() + rows, 0, std::max(0, last))));
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible())
            place();
        return false;
    }
    if (event->type() == QEvent::FocusOut && isVisible()) {
        m_focusBefore = nullptr; // Somebody went elsewhere on purpose.
        QTimer::singleShot(0, this, &QWidget::hide);
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape: leave(); return true;
    case Qt::Key_Up: move(-1); return true;
    case Qt::Key_Down: move(1); return true;
    case Qt::Key_PageUp: move(-8); return true;
    case Qt::Key_PageDown: move(8); return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab: return true; // There is nothing else in the palette; Esc leaves it.
    default: return false;
    }
}

} // namespace castdeck::ui
