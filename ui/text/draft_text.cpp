#include "ui/text/draft_text.h"

#include "ui/text/shown_text.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>

namespace castdeck::ui {

std::string draftToJson(const KeptDraft& kept)
{
    return QJsonDocument{QJsonObject{{QStringLiteral("channels"), kept.draft.channels},
                                     {QStringLiteral("event"), kept.draft.event},
                                     {QStringLiteral("payload"), toQt(kept.draft.payload)},
                                     {QStringLiteral("mode"), static_cast<int>(kept.draft.mode)},
                                     {QStringLiteral("cursor"), kept.cursor}}}
        .toJson(QJsonDocument::Compact)
        .toStdString();
}

std::optional<KeptDraft> draftFromJson(const std::string& json)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    if (!object.value(QStringLiteral("payload")).isString())
        return std::nullopt;
    KeptDraft kept;
    kept.draft.channels = object.value(QStringLiteral("channels")).toString();
    kept.draft.event = object.value(QStringLiteral("event")).toString();
    kept.draft.payload = toStd(object.value(QStringLiteral("payload")).toString());
    kept.draft.mode = static_cast<PayloadMode>(std::clamp(object.value(QStringLiteral("mode")).toInt(), 0, 2));
    kept.cursor = object.value(QStringLiteral("cursor")).toInt();
    return kept;
}

} // namespace castdeck::ui
