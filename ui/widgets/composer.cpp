#include "ui/widgets/composer.h"

#include "core/base/json.h"
#include "ui/models/event_words.h"
#include "ui/text/json_text.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/json_editor.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/size_meter.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

namespace {

QLineEdit* makeField(const QString& name, const QString& accessibleName, const QString& placeholder)
{
    auto* field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(accessibleName);
    field->setPlaceholderText(placeholder);
    return field;
}

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
    , m_channels{makeField(QStringLiteral("composer.channels"), tr("Channels"), tr("orders, private-alerts"))}
    , m_chips{new QWidget}
    , m_chipFlow{new FlowLayout{6, m_chips}}
    , m_channelsHint{makeLabel({}, TextKind::Hint)}
    , m_event{makeField(QStringLiteral("composer.event"), tr("Event"), tr("order.shipped"))}
    , m_eventHint{makeLabel({}, TextKind::Hint)}
    , m_mode{new Segmented{
          {{QStringLiteral("composer.mode.json"), tr("JSON")}, {QStringLiteral("composer.mode.text"), tr("Text")}}}}
    , m_format{makeButton(QStringLiteral("composer.format"), tr("Format"), QStringLiteral("format"), ButtonKind::Small)}
    , m_minify{makeButton(QStringLiteral("composer.minify"), tr("Minify"), QStringLiteral("minify"), ButtonKind::Small)}
    , m_payload{new JsonEditor{QStringLiteral("composer.payload"), tr("Payload")}}
    , m_payloadHint{makeLabel({}, TextKind::Hint)}
    , m_size{new SizeMeter{QStringLiteral("composer.size")}}
{
    build();
    setFocusProxy(m_channels);
    connect(m_channels, &QLineEdit::textChanged, this, &Composer::check);
    connect(m_event, &QLineEdit::textChanged, this, &Composer::check);
    connect(m_payload, &QPlainTextEdit::textChanged, this, &Composer::check);
    connect(m_payload, &JsonEditor::pasteRefused, this, [this](std::size_t bytes) {
        Q_EMIT refused(tr("Not pasted: %1 are too much for the editor, which takes %2 at once.")
                           .arg(shownSize(bytes), shownSize(JsonEditor::maxPastedCharacters)));
    });
    connect(m_mode, &Segmented::chosen, this, &Composer::check);
    connect(m_app, &QComboBox::currentIndexChanged, this, &Composer::check);
    connect(m_format, &QPushButton::clicked, this, [this] { rewrite(&prettyJson); });
    connect(m_minify, &QPushButton::clicked, this, [this] { rewrite(&json::compact); });
    check();
}

void Composer::build()
{
    m_app->setObjectName(QStringLiteral("composer.app"));
    m_app->setAccessibleName(tr("App"));
    m_app->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // A long name takes no room away.
    m_app->setMinimumContentsLength(8);
    for (const hub::AppConfig& app : m_apps)
        m_app->addItem(shownText(app.name.empty() ? app.id : app.name, 64), toQt(app.id));
    m_chips->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    m_channelsHint->setWordWrap(true);
    m_eventHint->setWordWrap(true);
    m_payloadHint->setWordWrap(true);
    m_payload->setPlaceholderText(tr("{\"text\": \"Hello\"}"));

    auto* foot = new QHBoxLayout;
    foot->setSpacing(metrics::medium);
    foot->addWidget(m_payloadHint, 1);
    foot->addWidget(m_size, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildFields());
    layout->addSpacing(metrics::large);
    layout->addWidget(buildPayloadHead());
    layout->addSpacing(metrics::small);
    layout->addWidget(m_payload, 1);
    layout->addSpacing(6);
    layout->addLayout(foot);
}

QWidget* Composer::buildFields()
{
    auto* fields = new QWidget;
    auto* grid = new QGridLayout{fields};
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::large);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);

    QLabel* channels = makeLabel(tr("Channels"), TextKind::Label);
    channels->setBuddy(m_channels);
    QLabel* event = makeLabel(tr("Event"), TextKind::Label);
    event->setBuddy(m_event);
    grid->addWidget(channels, 0, 0);
    grid->addWidget(event, 0, 1);
    grid->addWidget(m_channels, 1, 0);
    grid->addWidget(m_event, 1, 1);
    grid->addWidget(m_channelsHint, 2, 0, Qt::AlignTop);
    grid->addWidget(m_eventHint, 2, 1, Qt::AlignTop);
    grid->addWidget(m_chips, 3, 0, 1, m_apps.size() > 1 ? 3 : 2);
    if (m_apps.size() > 1) {
        grid->addWidget(m_appLabel, 0, 2);
        grid->addWidget(m_app, 1, 2);
        grid->setColumnStretch(2, 1);
    }
    m_app->setParent(fields);
    m_appLabel->setParent(fields);
    m_appLabel->setVisible(m_apps.size() > 1);
    m_app->setVisible(m_apps.size() > 1);
    return fields;
}

QWidget* Composer::buildPayloadHead()
{
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    QLabel* label = makeLabel(tr("Payload"), TextKind::Label);
    label->setBuddy(m_payload);
    layout->addWidget(label);
    layout->addSpacing(metrics::small);
    layout->addWidget(m_mode);
    layout->addStretch();
    layout->addWidget(m_format);
    layout->addWidget(m_minify);
    return head;
}

Draft Composer::draft() const
{
    return {.channels = m_channels->text(),
            .event = m_event->text(),
            .payload = m_payload->bytes(),
            .mode = m_mode->current() == 0 ? PayloadMode::Json : PayloadMode::Text};
}

void Composer::setDraft(const Draft& draft)
{
    m_channels->setText(draft.channels);
    m_event->setText(draft.event);
    m_mode->setCurrent(draft.mode == PayloadMode::Json ? 0 : 1);
    m_payload->replaceText(toQt(draft.payload));
    check();
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

void Composer::showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    showChips();
}

void Composer::setEmbedded(bool isEmbedded)
{
    m_isEmbedded = isEmbedded;
    for (QWidget* part : {static_cast<QWidget*>(m_app), static_cast<QWidget*>(m_appLabel)})
        part->setVisible(isEmbedded && m_apps.size() > 1);
    check();
}

void Composer::check()
{
    const Draft current = draft();
    DraftProblems problems = checkDraft(current, limits());
    if (current.payload.empty() && current.mode == PayloadMode::Json)
        problems.payload.clear();
    setStyleProperty(m_channels, "state", problems.channels.isEmpty() ? QString{} : QStringLiteral("wrong"));
    setStyleProperty(m_channelsHint, "textKind",
                     problems.channels.isEmpty() ? QStringLiteral("hint") : QStringLiteral("error"));
    m_channelsHint->setText(problems.channels.isEmpty() ? hintForChannels(current.channels) : problems.channels);
    m_channelsHint->setVisible(!m_channelsHint->text().isEmpty());
    setStyleProperty(m_event, "state", problems.event.isEmpty() ? QString{} : QStringLiteral("wrong"));
    setStyleProperty(m_eventHint, "textKind",
                     problems.event.isEmpty() ? QStringLiteral("hint") : QStringLiteral("error"));
    m_eventHint->setText(problems.event);
    m_eventHint->setVisible(!problems.event.isEmpty());
    showPayloadState(problems);
    showChips();
}

void Composer::showPayloadState(const DraftProblems& problems)
{
    const bool isJsonMode = m_mode->current() == 0;
    const std::string bytes = m_payload->bytes();
    const bool isEmpty = bytes.empty();
    const bool isJson = problems.payloadLine == 0;
    m_size->setSize(bytes.size(), limits().maxPayloadBytes);
    m_payload->setColoured(isJsonMode);
    m_payload->setMistake(isJsonMode && !isJson && !isEmpty
                              ? std::optional{TextPlace{problems.payloadLine, problems.payloadColumn}}
                              : std::nullopt);
    m_format->setEnabled(isJsonMode && isJson && !isEmpty);
    m_minify->setEnabled(isJsonMode && isJson && !isEmpty);
    setStyleProperty(m_payload, "state", problems.payload.isEmpty() ? QString{} : QStringLiteral("wrong"));
    setStyleProperty(m_payloadHint, "textKind",
                     problems.payload.isEmpty() ? QStringLiteral("hint") : QStringLiteral("error"));
    if (!problems.payload.isEmpty())
        m_payloadHint->setText(problems.payload);
    else if (isEmpty)
        m_payloadHint->setText(isJsonMode ? tr("Any JSON value. It is sent byte for byte as written here.")
                                          : tr("Any text. It is sent byte for byte as written here."));
    else
        m_payloadHint->setText(isJsonMode ? tr("Valid JSON. Sent byte for byte as written here.")
                                          : tr("Sent as plain text, byte for byte."));
}

void Composer::showChips()
{
    const auto entries = parseChannels(m_channels->text());
    const int shown = static_cast<int>(std::min<std::size_t>(entries.size(), 24));
    while (m_chipFlow->count() > shown) {
        const std::unique_ptr<QLayoutItem> item{m_chipFlow->takeAt(shown)};
        delete item->widget();
    }
    while (m_chipFlow->count() < shown)
        m_chipFlow->addWidget(new Chip{Chip::Use::Information, m_chips});
    for (int i = 0; i < shown; ++i) {
        auto* chip = static_cast<Chip*>(m_chipFlow->itemAt(i)->widget());
        const ChannelEntry& entry = entries[static_cast<std::size_t>(i)];
        const ChannelLook look = lookOf(entry.kind);
        const bool isGood = entry.problem.isEmpty();
        chip->setText(shownText(entry.name, 64));
        chip->setAccessibleName(chip->text());
        chip->setLook(isGood ? look.icon : QStringLiteral("error"), isGood ? look.tone : Tone::Danger);
        chip->setRemark(!isGood        ? tr("not a channel name")
                        : m_isEmbedded ? tr("%1, %2").arg(look.word, subscribersText(subscribersOf(entry.name)))
                                       : look.word);
        chip->show();
    }
    m_chips->setVisible(shown > 0);
    m_chips->updateGeometry();
}

void Composer::rewrite(std::string (*change)(std::string_view))
{
    const std::string before = m_payload->bytes();
    if (json::check(before))
        return;
    m_payload->replaceText(toQt(change(before)));
    m_payload->setFocus();
}

void Composer::send()
{
    const Draft current = draft();
    if (parseChannels(current.channels).empty()) {
        m_channels->setFocus();
        Q_EMIT refused(tr("Name at least one channel."));
        return;
    }
    if (current.event.trimmed().isEmpty()) {
        m_event->setFocus();
        Q_EMIT refused(tr("Name the event."));
        return;
    }
    const DraftProblems problems = checkDraft(current, limits());
    if (problems.none())
        Q_EMIT sendRequested(current);
    else
        Q_EMIT refused(problems.first());
}

DraftLimits Composer::limits() const
{
    if (!m_isEmbedded)
        return {};
    const std::string id = toStd(appId());
    const auto app = std::ranges::find(m_apps, id, &hub::AppConfig::id);
    if (app == m_apps.end())
        return {};
    return {.maxChannels = app->limits.maxChannelsPerPublish,
            .maxEventNameCharacters = app->limits.maxEventNameCharacters,
            .maxPayloadBytes = app->limits.maxEventDataBytes};
}

std::size_t Composer::subscribersOf(const std::string& channel) const
{
    if (!m_snapshot)
        return 0;
    const std::string app = toStd(appId());
    const auto it = std::ranges::find_if(m_snapshot->channels, [&](const engine::ChannelSnapshot& candidate) {
        return candidate.name == channel && candidate.appId == app;
    });
    return it == m_snapshot->channels.end() ? 0 : it->subscriptions;
}

} // namespace castdeck::ui
