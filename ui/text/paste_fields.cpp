#include "ui/text/paste_fields.h"

#include "core/base/ascii.h"
#include "core/base/loopback.h"
#include "ui/text/shown_text.h"

#include <QtCore/QUrl>

#include <algorithm>

namespace castdeck::ui::paste {

namespace {

class Checker {
public:
    Checker(const Findings& found, Pasted& pasted) : m_found{found}, m_pasted{pasted} {}

    void run()
    {
        plain(PasteField::AppId, Meaning::AppId);
        plain(PasteField::Key, Meaning::Key);
        plain(PasteField::Secret, Meaning::Secret);
        scheme();
        host();
        port();
        path();
        guess();
    }

private:
    std::optional<PastedValue>& field(PasteField which) { return m_pasted.fields[static_cast<std::size_t>(which)]; }

    void refuse(PasteField which, const QString& source)
    {
        m_pasted.notes.append(
            translated(QT_TRANSLATE_NOOP("Paste", "%1 does not hold a usable %2.")).arg(source, nameOf(which)));
    }

    static bool isWord(const std::string& text)
    {
        return text.size() <= 256 && isValidUtf8(text) &&
               std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; });
    }

    void plain(PasteField which, Meaning meaning)
    {
        const auto& entry = m_found[meaning];
        if (entry && isWord(entry->text))
            field(which) = PastedValue{toQt(entry->text), entry->source};
        else if (entry)
            refuse(which, entry->source);
    }

    void scheme()
    {
        const auto& named = m_found[Meaning::Scheme];
        if (named) {
            const std::string text = toLower(named->text);
            if (text == "https" || text == "wss" || text == "http" || text == "ws") {
                setScheme(text == "https" || text == "wss", named->source);
                return;
            }
        }
        if (const auto& tls = m_found[Meaning::UsesTls]) {
            const std::string text = toLower(tls->text);
            if (text == "true" || text == "1" || text == "https" || text == "on" || text == "yes")
                setScheme(true, tls->source);
            else if (text == "false" || text == "0" || text == "http" || text == "off" || text == "no")
                setScheme(false, tls->source);
        }
    }

    void setScheme(bool isTls, const QString& source)
    {
        field(PasteField::Scheme) = PastedValue{isTls ? QStringLiteral("https") : QStringLiteral("http"), source};
    }

    void host()
    {
        if (const auto& entry = m_found[Meaning::Host]) {
            if (takeHost(*entry))
                return;
            refuse(PasteField::Host, entry->source);
        }
        const auto& cluster = m_found[Meaning::Cluster];
        if (!cluster)
            return;
        const bool isName = cluster->text.size() <= 32 && std::ranges::all_of(cluster->text, [](char c) {
                                return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                            });
        // Frameworks ask for a cluster even where the server is one's own.
        if (!isName || cluster->text == "local")
            return;
        field(PasteField::Host) =
            PastedValue{QStringLiteral("api-%1.pusher.com").arg(toQt(cluster->text)), cluster->source};
    }

    bool takeHost(const Findings::Entry& entry)
    {
        if (!isWord(entry.text))
            return false;
        const bool isAddress = entry.text.find("://") != std::string::npos;
        const std::string bracketed = entry.text.find(':') != entry.text.rfind(':') && entry.text.front() != '['
                                          ? "[" + entry.text + "]"
                                          : entry.text;
        const QUrl url{toQt(isAddress ? entry.text : "http://" + bracketed), QUrl::StrictMode};
        if (!url.isValid() || url.host().isEmpty() || !url.userName().isEmpty())
            return false;
        field(PasteField::Host) = PastedValue{url.host(), entry.source};
        if (isAddress && !field(PasteField::Scheme))
            setScheme(url.scheme() == QLatin1String{"https"} || url.scheme() == QLatin1String{"wss"}, entry.source);
        if (url.port() > 0 && !m_found[Meaning::Port])
            field(PasteField::Port) = PastedValue{QString::number(url.port()), entry.source};
        return true;
    }

    void port()
    {
        const auto& scheme = field(PasteField::Scheme);
        const bool isPlain = scheme && scheme->text == QLatin1String{"http"};
        const auto& tls = m_found[Meaning::TlsPort];
        const auto& usual = m_found[Meaning::Port];
        const auto& entry = tls && (!usual || (scheme && !isPlain)) && !(isPlain && usual) ? tls : usual;
        if (!entry)
            return;
        const auto number = parseNumber(entry->text, 65'535);
        if (number && *number > 0)
            field(PasteField::Port) = PastedValue{QString::number(*number), entry->source};
        else
            refuse(PasteField::Port, entry->source);
    }

    void path()
    {
        const auto& entry = m_found[Meaning::Path];
        if (!entry || !isWord(entry->text))
            return;
        QString text = toQt(entry->text);
        while (text.endsWith(QLatin1Char{'/'}))
            text.chop(1);
        if (!text.isEmpty() && !text.startsWith(QLatin1Char{'/'}))
            text.prepend(QLatin1Char{'/'});
        if (!text.isEmpty())
            field(PasteField::Path) = PastedValue{text, entry->source};
    }

    /// Where the text says nothing, as the libraries do.
    void guess()
    {
        const auto& host = field(PasteField::Host);
        auto& port = field(PasteField::Port);
        if (!host)
            return;
        if (!field(PasteField::Scheme)) {
            const bool isLocal = isLoopbackHost(toStd(host->text));
            const bool isPlainPort = port && port->text != QLatin1String{"443"} && port->text != QLatin1String{"8443"};
            setScheme(!isLocal && !isPlainPort, {});
        }
        if (!port)
            port = PastedValue{field(PasteField::Scheme)->text == QLatin1String{"https"} ? QStringLiteral("443")
                                                                                         : QStringLiteral("80"),
                               {}};
    }

    const Findings& m_found;
    Pasted& m_pasted;
};

} // namespace

void fillFields(const Findings& found, Pasted& pasted)
{
    Checker{found, pasted}.run();
}

} // namespace castdeck::ui::paste
