#include "ui/widgets/composer.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/pusher/socket_id.h"
#include "ui/models/event_words.h"
#include "ui/models/template.h"
#include "ui/text/json_text.h"
#include "ui/text/placeholders.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/channel_field.h"
#include "ui/widgets/choice_boxes.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/json_editor.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/send_options.h"
#include "ui/widgets/size_meter.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtCore/QStringListModel>
#include <QtGui/QTextBlock>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
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
    , m_mode{new Segmented{{{QStringLiteral("composer.mode.json"), tr("JSON")},
                            {QStringLiteral("composer.mode.text"), tr("Text")},
                            {QStringLiteral("composer.mode.base64"), tr("Base64")}}}}
    , m_format{makeButton(QStringLiteral("composer.format"), tr("Format"), QStringLiteral("format"), ButtonKind::Small)}
    , m_minify{makeButton(QStringLiteral("composer.minify"), tr("Minify"), QStringLiteral("minify"), ButtonKind::Small)}
    , m_payload{new JsonEditor{QStringLiteral("composer.payload"), tr("Payload")}}
    , m_payloadHint{makeLabel({}, TextKind::Hint)}
    , m_sendAsText{makeButton(QStringLiteral("composer.sendAsText"), tr("Send as text"), {}, ButtonKind::Small)}
    , m_sendAnyway{makeButton(QStringLiteral("composer.sendAnyway"), tr("Send anyway"), {}, ButtonKind::Small)}
    , m_size{new SizeMeter{QStringLiteral("composer.size")}}
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
    for (QLabel* hint : {m_channelsHint, m_eventHint, m_payloadHint})
        hint->setWordWrap(true);
    m_payload->setPlaceholderText(tr("{\"text\": \"Hello\"}"));
    m_payload->setMinimumHeight(72);
    m_payload->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // It takes what the rest leaves.

    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildFields());
    layout->addSpacing(metrics::medium);
    layout->addWidget(buildPayloadHead());
    layout->addSpacing(metrics::small);
    layout->addWidget(m_payload, 1);
    layout->addSpacing(6);
    layout->addWidget(buildPayloadFoot());
    layout->addWidget(m_options);
}

void Composer::connectParts()
{
    connect(m_channels, &ChannelField::changed, this, &Composer::check);
    connect(m_event, &QLineEdit::textChanged, this, &Composer::check);
    connect(m_payload, &QPlainTextEdit::textChanged, this, &Composer::check);
    connect(m_mode, &Segmented::chosen, this, &Composer::check);
    connect(m_app, &QComboBox::currentIndexChanged, this, &Composer::check);
    connect(m_options, &SendOptions::changed, this, &Composer::check);
    connect(m_options, &SendOptions::channelWanted, m_channels, &ChannelField::add);
    connect(m_payload, &JsonEditor::pasteRefused, this, [this](std::size_t bytes) {
        Q_EMIT refused(tr("Not pasted: %1 are too much for the editor, which takes %2 at once.")
                           .arg(shownSize(bytes), shownSize(JsonEditor::maxPastedCharacters)));
    });
    connect(m_payload, &JsonEditor::fileDropped, this, &Composer::takeFile);
    connect(m_format, &QPushButton::clicked, this,
            [this] { rewrite([](std::string_view json) { return prettyJson(json); }); });
    connect(m_minify, &QPushButton::clicked, this, [this] { rewrite(&json::compact); });
    connect(m_sendAsText, &QPushButton::clicked, this, [this] {
        Draft asText = draft();
        asText.mode = PayloadMode::Text;
        submit(std::move(asText), false);
    });
    connect(m_sendAnyway, &QPushButton::clicked, this, [this] { submit(draft(), true); });
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
    addColumn(m_appLabel, m_app, nullptr, 2);
    auto* layout = new QVBoxLayout{fields}; // A hint has the whole width, so that most fit into one line.
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(row);
    layout->addWidget(m_channelsHint);
    layout->addWidget(m_eventHint);
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
    layout->addWidget(buildPlaceholderMenu());
    layout->addWidget(m_format);
    layout->addWidget(m_minify);
    return head;
}

QPushButton* Composer::buildPlaceholderMenu()
{
    QPushButton* button = makeButton(QStringLiteral("composer.placeholder"), tr("Placeholder"), {}, ButtonKind::Small);
    button->setToolTip(tr("Insert a place that the form of an alert asks for"));
    auto* menu = new QMenu{button};
    const std::pair<QString, QString> kinds[] = {
        {tr("Text"), QStringLiteral("{{name}}")},
        {tr("Long text"), QStringLiteral("{{text:long}}")},
        {tr("Number"), QStringLiteral("{{minutes:number=10}}")},
        {tr("Choice"), QStringLiteral("{{level:choice(info,warn,critical)}}")},
        {tr("JSON"), QStringLiteral("{{value:json}}")},
    };
    for (const auto& [text, placeholder] : kinds)
        menu->addAction(text, this, [this, placeholder = placeholder] { insertPlaceholder(placeholder); });
    button->setMenu(menu);
    return button;
}

QWidget* Composer::buildPayloadFoot()
{
    auto* foot = new QWidget;
    auto* layout = new QHBoxLayout{foot};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::medium);
    layout->addWidget(m_payloadHint, 1);
    layout->addWidget(m_sendAsText);
    layout->addWidget(m_sendAnyway);
    layout->addWidget(m_size);
    return foot;
}

Draft Composer::draft() const
{
    return {.channels = m_channels->text(),
            .event = m_event->text(),
            .payload = m_payload->bytes(),
            .mode = static_cast<PayloadMode>(m_mode->current()),
            .excludeSocketId = m_options->excludeSocketId()};
}

void Composer::setDraft(const Draft& draft)
{
    m_channels->setText(draft.channels);
    m_event->setText(draft.event);
    m_mode->setCurrent(static_cast<int>(draft.mode));
    m_payload->replaceText(toQt(draft.payload));
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
    return m_payload->textCursor().position();
}

void Composer::setCursorPosition(int position)
{
    QTextCursor cursor = m_payload->textCursor();
    cursor.setPosition(std::clamp(position, 0, m_payload->document()->characterCount() - 1));
    m_payload->setTextCursor(cursor);
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

void Composer::rewrite(std::string (*change)(std::string_view))
{
    const std::string before = m_payload->bytes();
    if (json::check(before))
        return;
    m_payload->replaceText(toQt(change(before)));
    m_payload->setFocus();
}

void Composer::insertPlaceholder(const QString& placeholder)
{
    QTextCursor cursor = m_payload->textCursor();
    cursor.insertText(placeholder);
    // The name is what somebody types next.
    const auto nameLength = placeholder.indexOf(QRegularExpression{QStringLiteral("[:}=]")}) - 2;
    const int start = cursor.position() - static_cast<int>(placeholder.size()) + 2;
    cursor.setPosition(start);
    cursor.setPosition(start + static_cast<int>(nameLength), QTextCursor::KeepAnchor);
    m_payload->setTextCursor(cursor);
    m_payload->setFocus();
}

void Composer::takeFile(const QString& path)
{
    const QFileInfo info{path};
    const QString name = shownText(toStd(info.fileName()), 80);
    if (info.size() > JsonEditor::maxPastedCharacters) {
        Q_EMIT refused(tr("Not taken: %1 has %2, the editor takes %3.")
                           .arg(name, shownSize(static_cast<std::size_t>(info.size())),
                                shownSize(JsonEditor::maxPastedCharacters)));
        return;
    }
    QFile file{path};
    if (!info.isFile() || !file.open(QIODevice::ReadOnly)) {
        Q_EMIT refused(tr("Not taken: %1 cannot be read.").arg(name));
        return;
    }
    const QByteArray bytes = file.read(JsonEditor::maxPastedCharacters);
    const bool isText = isValidUtf8({bytes.data(), static_cast<std::size_t>(bytes.size())}) && !bytes.contains('\r');
    const bool isJson = isText && !json::check({bytes.data(), static_cast<std::size_t>(bytes.size())});
    // An editor knows one kind of line end only; as base64 the bytes stay as they are.
    m_mode->setCurrent(static_cast<int>(isJson ? PayloadMode::Json : isText ? PayloadMode::Text : PayloadMode::Base64));
    m_payload->replaceText(isText ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes.toBase64()));
    check();
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
    if (problems.payloadLine == 0)
        return;
    const QTextBlock block = m_payload->document()->findBlockByNumber(problems.payloadLine - 1);
    QTextCursor cursor{m_payload->document()};
    cursor.setPosition(block.position() + std::min(problems.payloadColumn - 1, std::max(0, block.length() - 1)));
    m_payload->setTextCursor(cursor);
    m_payload->ensureCursorVisible();
}

} // namespace castdeck::ui
