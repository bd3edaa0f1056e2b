#include "ui/text/paste_findings.h"

#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QUrl>
#include <QtCore/QUrlQuery>

#include <algorithm>

namespace castdeck::ui::paste {

QString translated(const char* text)
{
    return QCoreApplication::translate("Paste", text);
}

void Findings::put(Meaning meaning, const std::string& text, const QString& source)
{
    if (!text.empty() && !(*this)[meaning])
        (*this)[meaning] = Entry{text, source};
}

void Findings::fillFrom(const Findings& other)
{
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!entries[i])
            entries[i] = other.entries[i];
    }
}

int Findings::credentials() const
{
    return static_cast<int>((*this)[Meaning::AppId].has_value()) + static_cast<int>((*this)[Meaning::Key].has_value()) +
           static_cast<int>((*this)[Meaning::Secret].has_value());
}

int Findings::count() const
{
    return static_cast<int>(std::ranges::count_if(entries, [](const auto& entry) { return entry.has_value(); }));
}

namespace {

/// "/reverb" of "/reverb/apps/1/events", and what follows `marker`.
struct SplitPath {
    QString prefix;
    QString id;
    bool isThere = false;
};

SplitPath splitAt(const QString& path, const QString& marker)
{
    const qsizetype at = path.indexOf(marker);
    if (at < 0)
        return {};
    const QString rest = path.mid(at + marker.size());
    return {path.left(at), rest.section(QLatin1Char{'/'}, 0, 0), true};
}

} // namespace

Findings readAddress(const std::string& text, bool standsAlone)
{
    const QUrl url{toQt(text), QUrl::TolerantMode};
    Findings found;
    if (!url.isValid() || url.host().isEmpty())
        return found;
    const QString source = translated(QT_TRANSLATE_NOOP("Paste", "the address"));
    const SplitPath rest = splitAt(url.path(), QStringLiteral("/apps/"));
    const SplitPath socket = splitAt(url.path(), QStringLiteral("/app/"));
    if (!rest.isThere && !socket.isThere && url.userName().isEmpty() && !standsAlone)
        return found;
    const bool isTls = url.scheme() == QLatin1String{"https"} || url.scheme() == QLatin1String{"wss"};
    found.put(Meaning::Scheme, isTls ? "https" : "http", source);
    found.put(Meaning::Host, toStd(url.host()), source);
    if (url.port() > 0)
        found.put(Meaning::Port, std::to_string(url.port()), source);
    found.put(Meaning::AppId, toStd(rest.id), source);
    found.put(Meaning::Key, toStd(socket.id), source);
    found.put(Meaning::Key, toStd(url.userName(QUrl::FullyDecoded)), source);
    found.put(Meaning::Secret, toStd(url.password(QUrl::FullyDecoded)), source);
    found.put(Meaning::Key, toStd(QUrlQuery{url}.queryItemValue(QStringLiteral("auth_key"), QUrl::FullyDecoded)),
              source);
    found.put(Meaning::Path, toStd(rest.isThere ? rest.prefix : socket.isThere ? socket.prefix : url.path()), source);
    return found;
}

} // namespace castdeck::ui::paste
