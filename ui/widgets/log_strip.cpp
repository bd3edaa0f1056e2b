#include "ui/widgets/log_strip.h"

#include "ui/models/event_words.h"
#include "ui/models/log_model.h"
#include "ui/models/roles.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QDateTime>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

enum Column { Time, Type, Channel, Event, Summary, ColumnCount };

constexpr auto refreshDelay = 50ms;

QString clock(WallTime at)
{
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("HH:mm:ss.zzz"));
}

} // namespace

class LogStrip::Model : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    void show(const LogStore& store)
    {
        const std::size_t wanted = std::min<std::size_t>(store.size(), LogStrip::rows);
        std::vector<engine::Event> last;
        for (auto at = store.end() - wanted; at < store.end(); ++at)
            last.push_back(store.at(at));
        const int before = rowCount({});
        const int after = static_cast<int>(last.size());
        if (after > before)
            beginInsertRows({}, before, after - 1);
        else if (after < before)
            beginRemoveRows({}, after, before - 1);
        m_rows = std::move(last);
        if (after > before)
            endInsertRows();
        else if (after < before)
            endRemoveRows();
        if (after > 0)
            Q_EMIT dataChanged(index(0, 0), index(after - 1, ColumnCount - 1));
    }

    int rowCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex& parent) const override { return parent.isValid() ? 0 : int{ColumnCount}; }
    QVariant data(const QModelIndex& index, int role) const override
    {
        const engine::Event& event = m_rows[static_cast<std::size_t>(index.row())];
        const EventLook look = lookOf(event.kind);
        switch (role) {
        case Qt::DisplayRole: return textOf(event, look, index.column());
        case IconRole: return index.column() == Type ? look.icon : QVariant{};
        case ToneRole:
            return static_cast<int>(index.column() == Type                                ? look.tone
                                    : index.column() == Time || index.column() == Summary ? Tone::Faint
                                                                                          : Tone::Text);
        case CodeRole: return index.column() == Time || index.column() == Summary;
        default: return {};
        }
    }

private:
    static QString textOf(const engine::Event& event, const EventLook& look, int column)
    {
        constexpr std::size_t shown = 200;
        switch (column) {
        case Time: return clock(event.at);
        case Type: return look.word;
        case Channel: return shownText(event.channel, shown);
        case Event: return shownText(event.event, shown);
        case Summary:
            return event.payload ? shownText(std::string_view{*event.payload}.substr(0, shown), shown)
                                 : shownDetail(event, shown);
        default: return {};
        }
    }

    std::vector<engine::Event> m_rows;
};

LogStrip::LogStrip(const LogModel& log, QWidget* parent) : QFrame{parent}, m_log{log}, m_model{new Model{this}}
{
    setObjectName(QStringLiteral("strip.log"));
    setProperty("area", QStringLiteral("drawer"));
    auto* table = new DataTable{QStringLiteral("strip.log.table"), tr("Last rows of the log")};
    table->setModel(m_model);
    table->setColumnWidths({126, 126, 170, 150, 0});
    table->horizontalHeader()->hide();
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setFixedHeight(rows * metrics::row + 2);
    QPushButton* open =
        makeButton(QStringLiteral("strip.log.open"), tr("Open the log"), QStringLiteral("log"), ButtonKind::Small);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(metrics::page, metrics::small, metrics::page, metrics::tiny);
    head->addWidget(makeLabel(tr("Live log"), TextKind::Label));
    head->addStretch();
    head->addWidget(open);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, metrics::tiny);
    layout->setSpacing(0);
    layout->addLayout(head);
    auto* inset = new QHBoxLayout; // The text of a cell stands 8 px inside it.
    inset->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    inset->addWidget(table);
    layout->addLayout(inset);
    m_delay.setSingleShot(true);
    m_delay.setInterval(refreshDelay);
    connect(open, &QPushButton::clicked, this, &LogStrip::logRequested);
    connect(&m_log, &LogModel::changed, this, [this] {
        if (isVisible() && !m_delay.isActive())
            m_delay.start();
    });
    connect(&m_delay, &QTimer::timeout, this, [this] { m_model->show(m_log.store()); });
}

void LogStrip::showEvent(QShowEvent* event)
{
    m_model->show(m_log.store());
    QFrame::showEvent(event);
}

} // namespace castdeck::ui
