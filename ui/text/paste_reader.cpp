#include "ui/text/paste_reader.h"

#include "core/base/ascii.h"
#include "core/base/loopback.h"
#include "ui/text/paste_names.h"
#include "ui/text/paste_scan.h"
#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QUrl>
#include <QtCore/QUrlQuery>

#include <algorithm>
#include <map>

namespace castdeck::ui {

namespace {

using paste::Block;
using paste::Meaning;
using paste::Pair;
using paste::Scan;
using paste::Value;

QString translated(const char* text)
{
    return QCoreApplication::translate("Paste", text);
}

/// Raw values by what they mean, each with its source; the first that is put in stays.
struct Findings {
    struct Entry {
        std::string text;
        QString source;
    };
    std::array<std::optional<Entry>, paste::meaningCount> entries;

    std::optional<Entry>& operator[](Meaning meaning) { return entries[static_cast<std::size_t>(meaning)]; }
    const std::optional<Entry>& operator[](Meaning meaning) const { return entries[static_cast<std::size_t>(meaning)]; }

    void put(Meaning meaning, const std::string& text, const QString& source)
    {
        if (!text.empty() && !(*this)[meaning])
            (*this)[meaning] = Entry{text, source};
    }
    void fillFrom(const Findings& other)
    {
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (!entries[i])
                entries[i] = other.entries[i];
        }
    }
    int credentials() const
    {
        return static_cast<int>((*this)[Meaning::AppId].has_value()) +
               static_cast<int>((*this)[Meaning::Key].has_value()) +
               static_cast<int>((*this)[Meaning::Secret].has_value());
    }
    int count() const
    {
        return static_cast<int>(std::ranges::count_if(entries, [](const auto& entry) { return entry.has_value(); }));
    }
};

/// The variables that the text itself sets.
class Variables {
public:
    /// Of all values together: variables within variables may grow without end.
    static constexpr int maxLookups = 2'000;

    explicit Variables(const Scan& scan)
    {
        for (const Pair& pair : scan.lines)
            m_values[pair.name] = pair.value.text;
        for (const Pair& pair : scan.blocks.front().pairs) {
            if (!pair.value.text.empty())
                m_values.try_emplace(pair.name, pair.value.text);
        }
    }

    /// The text of a value, variables in it replaced. A variable that is not set is noted.
    std::string resolve(const Value& value)
    {
        if (!value.reference.empty()) {
            if (const std::string* const found = find(value.reference))
                return expand(*found);
            if (value.text.empty())
                note(value.reference);
        }
        return expand(value.text);
    }

    std::string expand(std::string_view text, int depth = 0)
    {
        std::string result;
        for (std::size_t at = 0; at < text.size() && result.size() <= paste::maxValueBytes;) {
            const std::size_t end = text.substr(at).starts_with("${") && m_lookups < maxLookups
                                        ? text.find('}', at)
                                        : std::string_view::npos;
            if (end == std::string_view::npos) {
                result += text[at++];
                continue;
            }
            result += variable(text.substr(at + 2, end - at - 2), depth);
            at = end + 1;
        }
        return result.size() <= paste::maxValueBytes ? result : std::string{};
    }

    const QStringList& missing() const noexcept { return m_missing; }

private:
    /// `NAME` or `NAME:-fallback`
    std::string variable(std::string_view inner, int depth)
    {
        constexpr int deepest = 6;
        ++m_lookups;
        const std::size_t colon = inner.find(":-");
        const std::string name{inner.substr(0, colon)};
        const std::string* const found = find(name);
        if (found != nullptr && !found->empty() && depth < deepest)
            return expand(*found, depth + 1);
        if (colon == std::string_view::npos)
            note(name);
        return colon == std::string_view::npos ? std::string{} : std::string{inner.substr(colon + 2)};
    }

    const std::string* find(const std::string& name) const
    {
        auto found = m_values.find(name);
        // Web pages get a copy of a setting under a longer name.
        for (const char* prefix : {"VITE_", "MIX_", "NEXT_PUBLIC_", "REACT_APP_"}) {
            if (found == m_values.end() && name.starts_with(prefix))
                found = m_values.find(name.substr(std::string_view{prefix}.size()));
        }
        return found == m_values.end() ? nullptr : &found->second;
    }

    void note(const std::string& name)
    {
        constexpr qsizetype most = 5;
        const QString shown = shownText(name, 64);
        if (!shown.isEmpty() && m_missing.size() < most && !m_missing.contains(shown))
            m_missing.append(shown);
    }

    std::map<std::string, std::string, std::less<>> m_values;
    QStringList m_missing;
    int m_lookups = 0;
};

// --- addresses ---

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

/// What an address says. One that has nothing to do with the protocol says nothing unless it stands alone.
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

Findings readAddresses(const Scan& scan, std::string_view text)
{
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    const bool isAlone = scan.addresses.size() == 1 && text.substr(start, end - start + 1) == scan.addresses.front();
    Findings best;
    for (const std::string& address : scan.addresses) {
        const Findings found = readAddress(address, isAlone);
        if (found.count() > best.count())
            best = found;
    }
    return best;
}

// --- lines ---

Findings readLines(const Scan& scan, Variables& variables)
{
    std::map<std::string, Findings> byFamily;
    std::map<std::string, Findings> secondChoice; ///< What is for browsers, or for the server itself.
    std::string wanted;
    for (const Pair& pair : scan.lines) {
        if (pair.name == "BROADCAST_CONNECTION" || pair.name == "BROADCAST_DRIVER")
            wanted = variables.expand(pair.value.text);
        const paste::VariableName name = paste::variableOf(pair.name);
        if (!name.meaning)
            continue;
        Findings& found = (name.isForBrowsers || name.isForServerItself ? secondChoice : byFamily)[name.family];
        if (found[*name.meaning])
            continue;
        const std::string text = variables.expand(pair.value.text);
        if (name.meaning == Meaning::Address)
            found.fillFrom(readAddress(text, true));
        else if (text != "0.0.0.0")
            found.put(*name.meaning, text, shownText(pair.name, 64));
    }
    for (const auto& [family, found] : secondChoice)
        byFamily[family].fillFrom(found);
    const Findings* best = nullptr;
    int bestScore = 0;
    for (const auto& [family, found] : byFamily) {
        const int preference = !family.empty() && equalsIgnoringCase(family, wanted) ? 100 : 0;
        // Frameworks have an APP_KEY of their own.
        const bool isNothing = family.empty() ? found.credentials() < 2 : found.count() == 0;
        const int score = isNothing ? 0 : 10 * found.credentials() + found.count() + preference;
        if (score > bestScore) {
            best = &found;
            bestScore = score;
        }
    }
    return best == nullptr ? Findings{} : *best;
}

// --- blocks ---

std::string_view calleeOf(const Block& block)
{
    const std::size_t at = block.label.find_last_of(".\\:");
    return at == std::string::npos ? std::string_view{block.label} : std::string_view{block.label}.substr(at + 1);
}

bool isLibraryCall(const Block& block)
{
    const std::string callee = toLower(calleeOf(block));
    return block.isCall && (callee == "pusher" || callee == "echo" || block.label.find("Pusher") != std::string::npos ||
                            block.label.find("pusher.") != std::string::npos);
}

QString placeOf(const std::vector<Block>& blocks, std::size_t index)
{
    QStringList names;
    for (std::size_t at = index, depth = 0; at != 0 && depth < 4; at = blocks[at].parent, ++depth) {
        const Block& block = blocks[at];
        if (block.isCall) {
            const QString shape = block.isNew ? QStringLiteral("new %1(…)") : QStringLiteral("%1(…)");
            return shape.arg(shownText(block.label, 40));
        }
        if (!block.label.empty())
            names.prepend(shownText(block.label, 40));
    }
    return names.join(QLatin1Char{'.'});
}

QString sourceOf(const std::vector<Block>& blocks, std::size_t index, const std::string& name)
{
    const QString place = placeOf(blocks, index);
    const QString shown = shownText(name, 64);
    return place.isEmpty() ? shown : translated(QT_TRANSLATE_NOOP("Paste", "%1 in %2")).arg(shown, place);
}

/// Constructors that take credentials by place. JavaScript: key. PHP: key, secret, id. Python and Java: id, key,
/// secret.
void readArguments(const Block& block, Variables& variables, const QString& place, Findings& found)
{
    if (!isLibraryCall(block) || toLower(calleeOf(block)) == "echo" || block.arguments.empty())
        return;
    std::vector<std::string> texts;
    for (const Value& argument : block.arguments)
        texts.push_back(variables.resolve(argument));
    const auto put = [&](Meaning meaning, std::size_t at) {
        if (at < texts.size())
            found.put(meaning, texts[at], place);
    };
    if (texts.size() < 3)
        return put(Meaning::Key, 0);
    const bool idIsFirst = !block.isNew || (isDigits(texts[0]) && !isDigits(texts[2]));
    put(Meaning::AppId, idIsFirst ? 0 : 2);
    put(Meaning::Key, idIsFirst ? 1 : 0);
    put(Meaning::Secret, idIsFirst ? 2 : 1);
}

void readPairs(const std::vector<Block>& blocks, std::size_t index, Variables& variables, Findings& found)
{
    for (const Pair& pair : blocks[index].pairs) {
        const paste::VariableName variable = paste::variableOf(pair.name);
        const auto meaning = variable.family.empty() ? paste::meaningOf(pair.name) : variable.meaning;
        if (!meaning)
            continue;
        if (found[*meaning])
            continue;
        const std::string text = variables.resolve(pair.value);
        if (*meaning == Meaning::Address)
            found.fillFrom(readAddress(text, false));
        else if (text != "0.0.0.0")
            found.put(*meaning, text, sourceOf(blocks, index, pair.name));
    }
}

/// Blocks that hold credentials, each with what stands in the blocks within it and around it.
Findings readBlocks(const Scan& scan, Variables& variables)
{
    const std::vector<Block>& blocks = scan.blocks;
    std::vector<Findings> own(blocks.size());
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        readPairs(blocks, i, variables, own[i]);
        readArguments(blocks[i], variables, placeOf(blocks, i), own[i]);
    }
    const auto isCandidate = [&](std::size_t i) {
        const Findings& found = own[i];
        const bool hasStrong = found[Meaning::Key] || found[Meaning::Secret] ||
                               (found[Meaning::AppId] && (found[Meaning::Host] || found[Meaning::Cluster]));
        return isLibraryCall(blocks[i]) || hasStrong;
    };
    std::vector<Findings> whole = own;
    constexpr int nearest = 3;
    constexpr int farthest = 6;
    for (std::size_t i = blocks.size(); i-- > 1;) {
        std::size_t around = blocks[i].parent;
        for (int depth = 0; depth < nearest; ++depth, around = blocks[around].parent) {
            if (isCandidate(around) && (around != 0 || blocks[i].parent == 0)) {
                if (!isCandidate(i) || isLibraryCall(blocks[around]))
                    whole[around].fillFrom(own[i]);
                break;
            }
            if (around == 0)
                break;
        }
    }
    std::string wanted;
    for (const Pair& pair : blocks.front().pairs) {
        if (pair.name == "default")
            wanted = pair.value.text;
    }
    for (const Block& block : blocks) {
        for (const Pair& pair : block.pairs) {
            if (wanted.empty() && pair.name == "default")
                wanted = pair.value.text;
        }
    }
    Findings best;
    int bestScore = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (!isCandidate(i))
            continue;
        Findings found = whole[i];
        std::size_t around = blocks[i].parent;
        for (int depth = 0; i != 0 && depth < farthest; ++depth, around = blocks[around].parent) {
            // Which applications a server has, and where it listens, stand beside each other.
            for (const Meaning meaning :
                 {Meaning::Host, Meaning::Port, Meaning::Scheme, Meaning::Path, Meaning::UsesTls})
                if (own[around][meaning] && !isCandidate(around))
                    found.put(meaning, own[around][meaning]->text, own[around][meaning]->source);
            if (around == 0)
                break;
        }
        const bool isDefault = !wanted.empty() && blocks[i].label == wanted;
        const int score =
            10 * found.credentials() + found.count() + (isDefault ? 20 : 0) + (isLibraryCall(blocks[i]) ? 5 : 0);
        if (score > bestScore) {
            best = std::move(found);
            bestScore = score;
        }
    }
    return best;
}

// --- from raw values to fields ---

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

QString summaryOf(const Pasted& pasted)
{
    QStringList found;
    for (const PasteField field : {PasteField::Host, PasteField::Port, PasteField::Path, PasteField::AppId,
                                   PasteField::Key, PasteField::Secret}) {
        if (pasted[field] && !pasted[field]->source.isEmpty())
            found.append(nameOf(field));
    }
    if (found.isEmpty())
        return translated(QT_TRANSLATE_NOOP(
            "Paste", "Nothing about a server was found in this text. Paste the PUSHER_ or REVERB_ lines of a "
                     ".env file, JSON, an address, or the new Pusher(…) call of your page."));
    const QString last = found.takeLast();
    return found.isEmpty()
               ? translated(QT_TRANSLATE_NOOP("Paste", "Found the %1.")).arg(last)
               : translated(QT_TRANSLATE_NOOP("Paste", "Found %1 and %2.")).arg(found.join(QStringLiteral(", ")), last);
}

} // namespace

bool Pasted::isEmpty() const
{
    return std::ranges::none_of(fields, [](const auto& field) { return field.has_value(); });
}

Pasted readPasted(std::string_view text)
{
    const Scan scan = paste::scan(text);
    Variables variables{scan};
    Findings found = readBlocks(scan, variables);
    const Findings lines = readLines(scan, variables);
    if (found.credentials() == 0 && lines.count() > 0)
        found = lines;
    else
        found.fillFrom(lines);
    const Findings addresses = readAddresses(scan, text);
    // An address is one thing: its host does not belong to another one's port.
    if (!found[Meaning::Host] && !found[Meaning::Cluster])
        found.fillFrom(addresses);

    Pasted pasted;
    Checker{found, pasted}.run();
    for (const QString& name : variables.missing()) {
        if (paste::variableOf(toStd(name)).meaning)
            pasted.notes.append(
                translated(QT_TRANSLATE_NOOP("Paste", "%1 is used, but the text does not say what it is.")).arg(name));
    }
    if (scan.isCut)
        pasted.notes.append(translated(QT_TRANSLATE_NOOP("Paste", "Only the first 64 KB were read.")));
    pasted.summary = summaryOf(pasted);
    return pasted;
}

QString nameOf(PasteField field)
{
    switch (field) {
    case PasteField::Scheme: return translated(QT_TRANSLATE_NOOP("Paste", "scheme"));
    case PasteField::Host: return translated(QT_TRANSLATE_NOOP("Paste", "host"));
    case PasteField::Port: return translated(QT_TRANSLATE_NOOP("Paste", "port"));
    case PasteField::Path: return translated(QT_TRANSLATE_NOOP("Paste", "path"));
    case PasteField::AppId: return translated(QT_TRANSLATE_NOOP("Paste", "app id"));
    case PasteField::Key: return translated(QT_TRANSLATE_NOOP("Paste", "key"));
    case PasteField::Secret: return translated(QT_TRANSLATE_NOOP("Paste", "secret"));
    }
    return {};
}

} // namespace castdeck::ui
