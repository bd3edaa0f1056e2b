#include "ui/pages/cache_view.h"

#include "ui/models/occupancy_words.h"
#include "ui/text/json_text.h"
#include "ui/text/shown_text.h"
#include "ui/text/shown_time.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/value_text.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

CacheView::CacheView(QWidget* parent)
    : QWidget{parent}
    , m_stack{new QStackedWidget}
    , m_empty{new EmptyState{QStringLiteral("channels.cache.action")}}
    , m_event{new ValueText{bodyFont(metrics::bodyText, QFont::DemiBold)}}
    , m_times{makeLabel({}, TextKind::Muted)}
    , m_data{new QPlainTextEdit}
    , m_copy{makeButton(QStringLiteral("channels.cache.copy"), tr("Copy data"), QStringLiteral("copy"))}
{
    setObjectName(QStringLiteral("channels.cache"));
    m_event->setAccessibleName(tr("Kept event"));
    m_times->setObjectName(QStringLiteral("channels.cache.times"));
    m_times->setWordWrap(true);
    m_data->setObjectName(QStringLiteral("channels.cache.data"));
    m_data->setAccessibleName(tr("Data of the kept event"));
    m_data->setProperty("look", QStringLiteral("code"));
    m_data->setFont(codeFont());
    m_data->setReadOnly(true);
    m_data->setTabChangesFocus(true);
    auto* page = new QWidget;
    auto* content = new QVBoxLayout{page};
    content->setContentsMargins(metrics::small, metrics::medium, metrics::small, 0);
    content->setSpacing(metrics::small);
    content->addWidget(m_event);
    content->addWidget(m_times);
    content->addWidget(m_data, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addStretch();
    content->addLayout(buttons);
    m_stack->addWidget(page);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(m_copy, &QPushButton::clicked, this, [this] { copyWithNotice(m_copy, toQt(m_shownData)); });
}

void CacheView::setCached(pusher::ChannelKind kind, const std::optional<engine::CachedDetails>& cached)
{
    m_stack->setCurrentIndex(cached ? 0 : 1);
    if (!cached) {
        const bool keeps = keepsLastEvent(kind);
        m_empty->setContent({QStringLiteral("cache"),
                             keeps ? tr("No event is kept") : tr("Only cache- channels keep an event"),
                             keeps ? tr("New subscribers get a cache miss until one is published.")
                                   : tr("Their names begin with cache-, private-cache- or presence-cache-."),
                             {}});
        return;
    }
    m_event->setText(shownText(cached->event, 256));
    m_times->setText(tr("%1, published %2 ago. New subscribers get it for another %3.")
                         .arg(shownSize(cached->data.size()), shownSpan(cached->age), shownSpan(cached->timeLeft)));
    if (m_shownData == cached->data)
        return; // Selection and scroll position stay.
    m_shownData = cached->data;
    showData();
}

void CacheView::showData()
{
    const bool isJson = !findJsonMistake(m_shownData);
    const std::string text = isJson ? prettyJson(m_shownData) : m_shownData;
    m_data->setPlainText(shownText(text, text.size(), LineEnds::Keep));
}

} // namespace castdeck::ui
