#include "ui/widgets/composer.h"

#include "core/pusher/socket_id.h"
#include "ui/models/event_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/channel_field.h"
#include "ui/widgets/choice_boxes.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/payload_field.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/send_options.h"

#include <QtCore/QStringListModel>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr qsizetype maxSuggestions = 2'000;

QString subscribersText(std::size_t count)
{
    return count == 1 ? Composer::tr("1 subscriber") : Composer::tr("%1 subscribers").arg(shownCount(count));
}

} // namespace

Composer::Composer(const std::vector<hub::AppConfig>& apps, QWidget* parent)
    : QWidget{parent}
    , m_apps{apps}
    , m_app{new QComboBox}
    , m_appLabel{makeLabel(tr("App"), TextKind::Label)}
    , m_channels{new ChannelField{QStringLiteral("composer.channels"), tr("Channels")}}
    , m_channelCount{makeLabel({}, TextKind::Hint)}
    , m_channelsHint{makeLabel({}, TextKind::Hint)}
    , m_event{new QLineEdit}
    , m_eventNames{new QStringListModel{this}}
    , m_eventHint{makeLabel({}, TextKind::Hint)}
    , m_sender{new Segmented{{{QStringLiteral("composer.sender.client"), tr("As a client")},
                              {QStringLiteral("composer.sender.server"), tr("From the server")}}}}
    , m_payload{new PayloadField}
    , m_options{new SendOptions}
{
    build();
    connectParts();
    setFocusProxy(m_channels);
    m_options->hide();
    check();
}

void Composer::build()
{
    m_app->setObjectName(QStringLiteral("composer.app"));
    m_app->setAccessibleName(tr("App"));
    m_app->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // A long name takes no room away.
    m_app->setMinimumContentsLength(8);
    showApps(*m_app, m_apps);
    m_channels->setPlaceholderText(tr("orders, private-alerts"));
    m_event->setObjectName(QStringLiteral("composer.event"));
    m_event->setAccessibleName(tr("Event"));
    m_event->setPlaceholderText(tr("order.shipped"));
    auto* completer = new QCompleter{m_eventNames, this};
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_event->setCompleter(completer);
    for (QLabel* hint : {m_channelsHint, m_eventHint})
        hint->setWordWrap(true);
    m_sender->hide();

    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildFields());
    layout->addSpacing(metrics::medium);
    layout->addWidget(m_payload, 1);
    layout->addWidget(m_options);
}

void Composer::connectParts()
{
    connect(m_channels, &ChannelField::changed, this, &Composer::check);
    connect(m_event, &QLineEdit::textChanged, this, &Composer::check);
    connect(m_payload, &PayloadField::changed, this, &Composer::check);
    connect(m_sender, &Segmented::chosen, this, &Composer::check);
    connect(m_app, &QComboBox::currentIndexChanged, this, &Composer::check);
    connect(m_options, &SendOptions::changed, this, &Composer::check);
    connect(m_options, &SendOptions::channelWanted, m_channels, &ChannelField::add);
    connect(m_payload, &PayloadField::refused, this, &Composer::refused);
    connect(m_payload, &PayloadField::sendAsTextRequested, this, [this] {
        Draft asText = draft();
        asText.mode = PayloadMode::Text;
        submit(std::move(asText), false);
    });
    connect(m_payload, &PayloadField::sendAnywayRequested, this, [this] { submit(draft(), true); });
    m_channels->setDescribe([this](const ChannelEntry& entry) -> ChannelField::Look {
        if (!entry.problem.isEmpty())
            return {QStringLiteral("error"), Tone::Danger, tr("not a channel name")};
        const ChannelLook look = lookOf(entry.kind);
        const auto subscribers = subscribersOf(entry.name);
        return {look.icon, look.tone,
                subscribers ? tr("%1, %2").arg(look.word, subscribersText(*subscribers)) : look.word, look.meaning};
    });
}

QWidget* Composer::buildFields()
{
    auto* fields = new QWidget;
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::medium);
    const auto addColumn = [row](QLabel* head, QWidget* field, QWidget* remark, int stretch) {
        head->setBuddy(field);
        auto* top = new QHBoxLayout;
        top->addWidget(head);
        top->addStretch();
        if (remark != nullptr)
            top->addWidget(remark);
        auto* column = new QVBoxLayout;
        column->setSpacing(6);
        column->addLayout(top);
        column->addWidget(field);
        column->addStretch();
        row->addLayout(column, stretch);
    };
    addColumn(makeLabel(tr("Channels"), TextKind::Label), m_channels, m_channelCount, 7);
    addColumn(makeLabel(tr("Event"), TextKind::Label), m_event, nullptr, 4);
    addColumn(m_appLabel, m_app, nullptr, 0); // Hidden, it must not keep a share of the width.
    auto* eventRow = new QHBoxLayout;
    eventRow->setSpacing(metrics::medium);
    eventRow->addWidget(m_sender);
    eventRow->addWidget(m_eventHint, 1);
    auto* layout = new QVBoxLayout{fields}; // A hint has the whole width, so that most fit into one line.
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(row);
    layout->addWidget(m_channelsHint);
    layout->addLayout(eventRow);
    m_appLabel->setVisible(m_apps.size() > 1);
    m_app->setVisible(m_apps.size() > 1);
    return fields;
}

Draft Composer::draft() const
{
    return {.channels = m_channels->text(),
            .event = m_event->text(),
            .payload = m_payload->bytes(),
            .mode = m_payload->mode(),
            .excludeSocketId = m_options->excludeSocketId()};
}

void Composer::setDraft(const Draft& draft)
{
    m_channels->setText(draft.channels);
    m_event->setText(draft.event);
    m_payload->setPayload(draft.payload, draft.mode);
    m_options->setExcludeSocketId({});
    check();
}

void Composer::clear()
{
    setDraft({});
    m_channels->setFocus();
}

void Composer::sendTo(const QString& appId, const QString& channel)
{
    setApp(appId);
    m_channels->setText(channel);
    m_event->setFocus();
}

QString Composer::appId() const
{
    return m_app->currentData().toString();
}

void Composer::setApp(const QString& appId)
{
    if (const int index = m_app->findData(appId); index >= 0)
        m_app->setCurrentIndex(index);
}

int Composer::cursorPosition() const
{
    return m_payload->cursorPosition();
}

void Composer::setCursorPosition(int position)
{
    m_payload->setCursorPosition(position);
}

void Composer::showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    m_channels->showLooks();
    m_options->showSockets(m_isEmbedded ? m_snapshot : nullptr, toStd(appId()));
    showSuggestions();
}

void Composer::setApps(const std::vector<hub::AppConfig>& apps)
{
    m_apps = apps;
    showApps(*m_app, m_apps);
    setEmbedded(m_isEmbedded);
}

void Composer::setEmbedded(bool isEmbedded)
{
    m_isEmbedded = isEmbedded;
    for (QWidget* part : {static_cast<QWidget*>(m_app), static_cast<QWidget*>(m_appLabel)})
        part->setVisible(isEmbedded && m_apps.size() > 1);
    m_options->showSockets(isEmbedded ? m_snapshot : nullptr, toStd(appId()));
    showSuggestions();
    check();
}

void Composer::setKnownNames(const QStringList& channels, const QStringList& events)
{
    m_knownChannels = channels;
    m_eventNames->setStringList(events);
    showSuggestions();
}

void Composer::showSuggestions()
{
    QStringList names = m_knownChannels;
    if (m_isEmbedded && m_snapshot) {
        const std::string id = toStd(appId());
        for (const engine::ChannelSnapshot& channel : m_snapshot->channels) {
            if (channel.appId == id && names.size() < maxSuggestions)
                names << toQt(channel.name);
        }
    }
    names.removeDuplicates();
    m_channels->setSuggestions(names);
}

void Composer::setOptionsShown(bool isShown)
{
    m_options->setVisible(isShown);
}

bool Composer::hasRequiredParts(const Draft& draft)
{
    if (parseChannels(draft.channels).empty()) {
        m_channels->setFocus();
        Q_EMIT refused(tr("Name at least one channel."));
        return false;
    }
    if (draft.event.trimmed().isEmpty()) {
        m_event->setFocus();
        Q_EMIT refused(tr("Name the event."));
        return false;
    }
    const bool isSocket = draft.excludeSocketId.empty() || pusher::SocketId::isWellFormed(draft.excludeSocketId);
    if (!isSocket)
        Q_EMIT refused(tr("The socket to leave out must be two numbers joined by a dot, such as 123.456."));
    return isSocket;
}

void Composer::send()
{
    submit(draft(), false);
}

void Composer::submit(Draft draft, bool ignoresSize)
{
    if (!hasRequiredParts(draft))
        return;
    DraftLimits allowed = limits();
    if (ignoresSize && !allowed.isKnown)
        allowed.maxPayloadBytes = SIZE_MAX;
    const DraftProblems problems = problemsOf(draft, allowed);
    if (problems.none())
        Q_EMIT sendRequested(draft);
    else
        Q_EMIT refused(problems.first());
}

void Composer::showNextProblem()
{
    const Draft current = draft();
    const DraftProblems problems = checkDraft(current, limits());
    if (!problems.channels.isEmpty() || parseChannels(current.channels).empty()) {
        m_channels->setFocus();
        return;
    }
    if (!problems.event.isEmpty() || current.event.isEmpty()) {
        m_event->setFocus();
        return;
    }
    m_payload->setFocus();
    if (problems.payloadLine > 0)
        m_payload->goTo(problems.payloadLine, problems.payloadColumn);
}

} // namespace castdeck::ui
