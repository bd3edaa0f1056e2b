#include "ui/widgets/top_talkers.h"

#include "ui/models/log_model.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/data_table.h"

#include <QtWidgets/QHBoxLayout>

#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

TopTalkers::TopTalkers(const LogModel& model, QWidget* parent) : QWidget{parent}, m_model{model}
{
    setObjectName(QStringLiteral("log.talkers"));
    struct Part {
        const char* key;
        QString title;
    };
    const std::array<Part, 3> parts{Part{"channel", tr("Busiest channels")}, Part{"socket", tr("Busiest sockets")},
                                    Part{"event", tr("Busiest events")}};
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::large);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const QString key = QLatin1String{parts[i].key};
        m_talkers[i] = new TalkersModel{parts[i].title, this};
        auto* table = new DataTable{QStringLiteral("log.talkers.%1").arg(key), parts[i].title};
        table->setColumnWidths({0, 84});
        table->setModel(m_talkers[i]);
        table->setFixedHeight(metrics::control + static_cast<int>(maxTalkers) * metrics::row);
        table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        table->setToolTip(tr("Choose one to filter by it."));
        layout->addWidget(table, 1);
        const auto choose = [this, i, key](const QModelIndex& index) {
            Q_EMIT chosen(key, toQt(m_talkers[i]->at(index.row()).name));
        };
        connect(table, &QAbstractItemView::clicked, this, choose);
        connect(table, &QAbstractItemView::activated, this, choose);
    }
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &TopTalkers::refresh);
}

void TopTalkers::refresh()
{
    const WallTime now = std::chrono::system_clock::now();
    for (const auto kind : {TalkerKind::Channels, TalkerKind::Sockets, TalkerKind::Events})
        m_talkers[static_cast<std::size_t>(kind)]->setTalkers(topTalkers(m_model.store(), kind, now));
}

void TopTalkers::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
    m_timer.start();
}

void TopTalkers::hideEvent(QHideEvent* event)
{
    m_timer.stop();
    QWidget::hideEvent(event);
}

} // namespace castdeck::ui
