#include "ui/models/profile_text.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <array>
#include <utility>

namespace castdeck::ui {

namespace {

constexpr std::array colors{
    std::pair{Profile::Color::Blue, "blue"},   std::pair{Profile::Color::Green, "green"},
    std::pair{Profile::Color::Amber, "amber"}, std::pair{Profile::Color::Violet, "violet"},
    std::pair{Profile::Color::Teal, "teal"},   std::pair{Profile::Color::Red, "red"},
};

QString textOf(Profile::Color color)
{
    return QLatin1String{std::ranges::find(colors, color, &decltype(colors)::value_type::first)->second};
}

Profile::Color colorOf(const QString& text)
{
    const auto found =
        std::ranges::find_if(colors, [&](const auto& entry) { return text == QLatin1String{entry.second}; });
    return found == colors.end() ? Profile::Color::Blue : found->first;
}

} // namespace

std::string toText(const KeptProfile& kept)
{
    const Profile& profile = kept.profile;
    const auto used = std::chrono::duration_cast<std::chrono::milliseconds>(kept.lastUsed.time_since_epoch()).count();
    const QJsonObject object{
        {QStringLiteral("name"), profile.name},
        {QStringLiteral("kind"),
         profile.kind == Profile::Kind::Embedded ? QStringLiteral("embedded") : QStringLiteral("pusher")},
        {QStringLiteral("color"), textOf(profile.color)},
        {QStringLiteral("production"), profile.isProduction},
        {QStringLiteral("scheme"), profile.scheme},
        {QStringLiteral("host"), profile.host},
        {QStringLiteral("port"), profile.port},
        {QStringLiteral("path"), profile.path},
        {QStringLiteral("app_id"), profile.appId},
        {QStringLiteral("key"), profile.key},
        {QStringLiteral("origin"), profile.origin},
        {QStringLiteral("certificate"), QString::fromStdString(profile.pinnedCertificate)},
        {QStringLiteral("used"), static_cast<qint64>(used)},
    };
    return QJsonDocument{object}.toJson(QJsonDocument::Compact).toStdString();
}

Result<KeptProfile> profileFromText(const std::string& id, const std::string& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json));
    if (!document.isObject())
        return Error{ErrorKind::InvalidInput, "the profile " + id + " is no JSON object"};
    const QJsonObject object = document.object();
    const auto text = [&object](const char* name, const QString& fallback = {}) {
        return object.value(QLatin1String{name}).toString(fallback);
    };
    KeptProfile kept;
    Profile& profile = kept.profile;
    profile.id = id;
    profile.name = text("name");
    profile.kind = id == Profile::localId ? Profile::Kind::Embedded : Profile::Kind::Pusher;
    profile.color = colorOf(text("color"));
    profile.isProduction = object.value(QLatin1String{"production"}).toBool();
    profile.scheme = text("scheme") == QLatin1String{"http"} ? QStringLiteral("http") : QStringLiteral("https");
    profile.host = text("host");
    const int port = object.value(QLatin1String{"port"}).toInt(443);
    profile.port = port > 0 && port <= 65'535 ? static_cast<std::uint16_t>(port) : std::uint16_t{443};
    profile.path = text("path");
    profile.appId = text("app_id");
    profile.key = text("key");
    profile.origin = text("origin");
    profile.pinnedCertificate = text("certificate").toStdString();
    kept.lastUsed = WallTime{std::chrono::milliseconds{object.value(QLatin1String{"used"}).toInteger()}};
    return kept;
}

} // namespace castdeck::ui
