#include "ui/models/template.h"

#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <array>
#include <cassert>

namespace castdeck::ui {

namespace {

constexpr QLatin1String fileFormat{"castdeck-templates"};
constexpr int fileVersion = 1;

QString tr(const char* text)
{
    return QCoreApplication::translate("Template", text);
}

struct Word {
    const char* text;
    int value;
};
constexpr std::array<Word, 3> modeWords{{{"json", 0}, {"text", 1}, {"base64", 2}}};
constexpr std::array<Word, 6> colorWords{
    {{"blue", 0}, {"green", 1}, {"amber", 2}, {"violet", 3}, {"teal", 4}, {"red", 5}}};

template <std::size_t N> QString wordFor(const std::array<Word, N>& words, int value)
{
    return QLatin1String{words[static_cast<std::size_t>(value)].text};
}

template <std::size_t N> int valueOf(const std::array<Word, N>& words, const QJsonValue& value)
{
    const QString text = value.toString();
    const auto found =
        std::ranges::find_if(words, [&text](const Word& word) { return text == QLatin1String{word.text}; });
    return found == words.end() ? words.front().value : found->value;
}

QJsonObject messageOf(const Template& message)
{
    return {{QStringLiteral("name"), message.name},
            {QStringLiteral("folder"), message.folder},
            {QStringLiteral("channels"), message.draft.channels},
            {QStringLiteral("event"), message.draft.event},
            {QStringLiteral("payload"), toQt(message.draft.payload)},
            {QStringLiteral("mode"), wordFor(modeWords, static_cast<int>(message.draft.mode))},
            {QStringLiteral("color"), wordFor(colorWords, static_cast<int>(message.color))}};
}

std::optional<Template> messageFrom(const QJsonObject& object)
{
    if (!object.value(QStringLiteral("name")).isString() || !object.value(QStringLiteral("event")).isString())
        return std::nullopt;
    Template message;
    message.name = object.value(QStringLiteral("name")).toString();
    message.folder = object.value(QStringLiteral("folder")).toString();
    message.draft.channels = object.value(QStringLiteral("channels")).toString();
    message.draft.event = object.value(QStringLiteral("event")).toString();
    message.draft.payload = toStd(object.value(QStringLiteral("payload")).toString());
    message.draft.mode = static_cast<PayloadMode>(valueOf(modeWords, object.value(QStringLiteral("mode"))));
    message.color = static_cast<Profile::Color>(valueOf(colorWords, object.value(QStringLiteral("color"))));
    return message;
}

Template sample(const QString& name, const QString& event, std::string payload, Profile::Color color,
                const QString& folder)
{
    Template message;
    message.name = name;
    message.folder = folder;
    message.draft = {QStringLiteral("alerts"), event, std::move(payload), PayloadMode::Json};
    message.color = color;
    return message;
}

QString placeWords(const QString& part, const PlaceholderMistake& mistake)
{
    if (part.isEmpty())
        return tr("Line %1, column %2: %3").arg(mistake.place.line).arg(mistake.place.column).arg(mistake.sentence);
    return tr("%1, column %2: %3").arg(part).arg(mistake.place.column).arg(mistake.sentence);
}

} // namespace

std::string toJson(const Template& message)
{
    QJsonObject object = messageOf(message);
    object.insert(QStringLiteral("connection"), toQt(message.connection));
    object.insert(QStringLiteral("profile"), toQt(message.profileId));
    if (message.lastSent.isValid())
        object.insert(QStringLiteral("lastSent"), message.lastSent.toUTC().toString(Qt::ISODateWithMs));
    return QJsonDocument{object}.toJson(QJsonDocument::Compact).toStdString();
}

std::optional<Template> templateFrom(const std::string& id, const std::string& json)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    auto message = messageFrom(object);
    if (!message)
        return std::nullopt;
    message->id = id;
    message->connection = toStd(object.value(QStringLiteral("connection")).toString());
    message->profileId = toStd(object.value(QStringLiteral("profile")).toString());
    message->lastSent =
        QDateTime::fromString(object.value(QStringLiteral("lastSent")).toString(), Qt::ISODateWithMs).toLocalTime();
    return message;
}

QByteArray exportTemplates(const std::vector<Template>& templates)
{
    QJsonArray list;
    for (const Template& message : templates)
        list.append(messageOf(message));
    return QJsonDocument{QJsonObject{{QStringLiteral("format"), QString{fileFormat}},
                                     {QStringLiteral("version"), fileVersion},
                                     {QStringLiteral("templates"), list}}}
        .toJson();
}

std::optional<ImportedTemplates> importTemplates(const QByteArray& file)
{
    const QJsonObject object = QJsonDocument::fromJson(file).object();
    if (object.value(QStringLiteral("format")).toString() != fileFormat ||
        object.value(QStringLiteral("version")).toInt() != fileVersion)
        return std::nullopt;
    ImportedTemplates imported;
    for (const QJsonValue& each : object.value(QStringLiteral("templates")).toArray()) {
        if (auto message = messageFrom(each.toObject()))
            imported.templates.push_back(std::move(*message));
        else
            ++imported.skipped;
    }
    return imported;
}

std::vector<Template> sampleTemplates()
{
    return {sample(tr("Maintenance"), QStringLiteral("maintenance"),
                   "{\n  \"minutes\": {{minutes:number=10}},\n  \"text\": \"We will be back soon.\"\n}",
                   Profile::Color::Amber, tr("Service")),
            sample(tr("All clear"), QStringLiteral("all-clear"), "{\n  \"text\": \"Everything works again.\"\n}",
                   Profile::Color::Green, tr("Service")),
            sample(tr("Incident"), QStringLiteral("incident"),
                   "{\n  \"level\": {{level:choice(info,warn,critical)}},\n  \"text\": \"{{text:long}}\"\n}",
                   Profile::Color::Red, tr("Service")),
            sample(tr("Message to all"), QStringLiteral("message"), "{\n  \"text\": \"{{text:long}}\"\n}",
                   Profile::Color::Blue, {}),
            sample(tr("New version"), QStringLiteral("release"),
                   "{\n  \"version\": \"{{version=1.0}}\",\n  \"reload\": {{reload:choice(later,soon)}}\n}",
                   Profile::Color::Violet, {})};
}

PlaceholderSet placeholdersOf(const Draft& draft)
{
    const Syntax syntax = draft.mode == PayloadMode::Json ? Syntax::Json : Syntax::Plain;
    return PlaceholderSet{{PlaceholderText{toStd(draft.channels), Syntax::Plain},
                           PlaceholderText{toStd(draft.event), Syntax::Plain}, PlaceholderText{draft.payload, syntax}}};
}

FilledDraft fillIn(const Draft& draft, const PlaceholderSet& placeholders, const PlaceholderSet::Values& values)
{
    FilledDraft filled{.draft = draft, .problem = {}};
    const auto channels = placeholders.render(0, values);
    const auto event = placeholders.render(1, values);
    auto payload = placeholders.render(2, values);
    if (channels.mistake)
        filled.problem = placeWords(tr("Channels"), *channels.mistake);
    else if (event.mistake)
        filled.problem = placeWords(tr("Event"), *event.mistake);
    else if (payload.mistake)
        filled.problem = placeWords({}, *payload.mistake);
    if (!filled.problem.isEmpty())
        return filled;
    filled.draft.channels = toQt(channels.text);
    filled.draft.event = toQt(event.text);
    filled.draft.payload = std::move(payload.text);
    filled.problem = checkDraft(filled.draft).first();
    return filled;
}

QString problemOfTemplate(const Draft& draft)
{
    const PlaceholderSet placeholders = placeholdersOf(draft);
    PlaceholderSet::Values values;
    for (const Placeholder& field : placeholders.fields()) {
        std::string value = presetOf(field);
        if (value.empty())
            value = field.type == FieldType::Number || field.type == FieldType::Json ? "0" : "x";
        values.emplace(field.name, std::move(value));
    }
    return fillIn(draft, placeholders, values).problem;
}

QString lastSentWords(const QDateTime& at, const QDateTime& now)
{
    constexpr qint64 minute = 60;
    if (!at.isValid())
        return {};
    const qint64 seconds = at.secsTo(now);
    if (seconds < minute)
        return tr("just now");
    if (seconds < 60 * minute)
        return tr("%1 min ago").arg(seconds / minute);
    const QString time = at.time().toString(QStringLiteral("HH:mm"));
    const qint64 days = at.date().daysTo(now.date());
    if (days == 0)
        return tr("today %1").arg(time);
    if (days == 1)
        return tr("yesterday %1").arg(time);
    return QLocale{QLocale::English}.toString(at.date(), QStringLiteral("d MMM ")) + time;
}

} // namespace castdeck::ui
