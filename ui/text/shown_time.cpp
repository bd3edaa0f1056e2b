#include "ui/text/shown_time.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>

namespace castdeck::ui {

namespace {

QDateTime localTime(WallTime at)
{
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds);
}

QString tr(const char* text)
{
    return QCoreApplication::translate("Time", text);
}

} // namespace

QString clockTime(WallTime at)
{
    return localTime(at).toString(QStringLiteral("HH:mm:ss"));
}

QString preciseTime(WallTime at)
{
    return localTime(at).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString dayAndTime(WallTime at)
{
    return localTime(at).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString shownSpan(std::chrono::seconds span)
{
    const auto seconds = span.count();
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    if (seconds < 3'600)
        return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    if (seconds < 86'400)
        return tr("%1 h %2 min").arg(seconds / 3'600).arg(seconds % 3'600 / 60);
    return tr("%1 days %2 h").arg(seconds / 86'400).arg(seconds % 86'400 / 3'600);
}

} // namespace castdeck::ui
