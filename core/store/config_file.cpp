#include "core/store/config_file.h"

#include "core/base/crypto.h"
#include "core/base/json.h"
#include "core/store/app_writer.h"
#include "core/store/connection_reader.h"
#include "core/store/object_reader.h"
#include "core/store/private_file.h"
#include "core/store/server_reader.h"

#include <algorithm>
#include <cassert>
#include <set>

namespace castdeck::store {

namespace {

constexpr std::size_t maxDotEnvBytes = 1'048'576;

/// `.env` is not ours: its mode is left alone.
std::string readDotEnv(const std::filesystem::path& folder)
{
    const std::filesystem::path path = folder / ".env";
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored) || std::filesystem::file_size(path, ignored) > maxDotEnvBytes)
        return {};
    std::FILE* file = std::fopen(path.c_str(), "re");
    if (file == nullptr)
        return {};
    std::string text(maxDotEnvBytes, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file));
    std::fclose(file);
    return text;
}

/// Seven digits: the Pusher library for Python takes nothing else.
std::string randomAppId()
{
    return std::to_string(1'000'000 + randomBelow(9'000'000));
}

/// The parser that keeps the order compares each key of an object with all before it.
constexpr std::size_t maxMembers = 1'000;
constexpr std::size_t maxKeys = 20'000; ///< In the whole file.

/// Finds what must not reach the parser: objects that are too large (false is returned then), and keys that stand twice
/// in one object, of which it keeps the last, so that a rewrite would lose the others.
bool checkObjects(const json::Value& value, const KeyPath& path, Problems& problems, std::size_t& keys)
{
    bool isReadable = true;
    if (value.is(json::Kind::Object)) {
        const std::vector<json::Member> members = value.members();
        if (members.size() > maxMembers) {
            problems.error(path, "has " + std::to_string(members.size()) + " keys, at most " +
                                     std::to_string(maxMembers) + " are read");
            return false;
        }
        keys += members.size();
        if (keys > maxKeys) {
            problems.error({}, "has more than " + std::to_string(maxKeys) + " keys in all");
            return false;
        }
        std::set<std::string> seen;
        for (const json::Member& member : members) {
            const std::string key = member.key.text();
            if (!seen.insert(key).second)
                problems.error(path / key, "stands twice in the same object");
            isReadable &= checkObjects(member.value, path / key, problems, keys);
        }
    } else if (value.is(json::Kind::Array)) {
        std::size_t index = 0;
        for (const json::Value& element : value.elements())
            isReadable &= checkObjects(element, path / index++, problems, keys);
    }
    return isReadable;
}

/// Fails with what our check lets through and the parser cannot hold.
Result<OrderedJson> parsed(std::string_view text)
{
    try {
        return OrderedJson::parse(text);
    } catch (const OrderedJson::out_of_range&) {
        return Error{ErrorKind::InvalidInput, "a number is too large to be read"};
    } catch (const OrderedJson::parse_error& error) {
        const Position at = positionAt(text, std::min(error.byte, text.size()));
        return Error{ErrorKind::InvalidInput, "near line " + std::to_string(at.line) + ", column " +
                                                  std::to_string(at.column) +
                                                  ": a \\u escape does not make a character"};
    }
}

} // namespace

ConfigFile ConfigFile::load(const std::filesystem::path& path, Environment environment)
{
    ConfigFile file;
    file.m_path = path;
    file.m_environment = std::move(environment);
    const auto read = readPrivateFile(path, maxBytes);
    if (!read) {
        file.m_problems.tell({Severity::Error, "", {}, read.error().detail});
        return file;
    }
    const auto ofDotEnv = file.m_environment.addDotEnv(readDotEnv(path.parent_path()));
    file.readText(read->text);
    if (read->wasOpenToOthers)
        file.m_problems.tell(
            {Severity::Notice, "", {}, "other users could read this file; its mode has been set to 0600"});
    std::ranges::for_each(ofDotEnv, [&](const Problem& problem) { file.m_problems.tell(problem); });
    return file;
}

ConfigFile ConfigFile::parse(std::string text, const std::filesystem::path& path, Environment environment)
{
    ConfigFile file;
    file.m_path = path;
    file.m_environment = std::move(environment);
    file.readText(std::move(text));
    return file;
}

ConfigFile ConfigFile::withoutFile(const std::filesystem::path& folder, Environment environment)
{
    const auto ofDotEnv = environment.addDotEnv(readDotEnv(folder));
    ConfigFile file = parse("{}", folder / "broadcasting.json", std::move(environment));
    std::ranges::for_each(ofDotEnv, [&](const Problem& problem) { file.m_problems.tell(problem); });
    return file;
}

Result<ConfigFile> ConfigFile::createDefault(const std::filesystem::path& path, Environment environment)
{
    if (auto folder = createPrivateFolder(path.parent_path()); !folder)
        return folder.error();
    const OrderedJson app = {
        {"app_id", randomAppId()}, {"name", "Demo"}, {"client", randomHex(10)}, {"secret", randomHex(20)}};
    const OrderedJson document = {
        {"version", schemaVersion},
        {"default", "local"},
        {"connections", {{"local", {{"driver", "local"}}}}},
        {"server", {{"listen", "127.0.0.1"}, {"port", 6001}, {"apps", OrderedJson::array({app})}}}};
    std::string text = document.dump(4) + "\n";
    if (auto created = createPrivateFile(path, text); !created)
        return created.error();
    return parse(std::move(text), path, std::move(environment));
}

std::filesystem::path ConfigFile::defaultPath(const Environment& environment)
{
    const auto folder = environment.value("XDG_CONFIG_HOME");
    const std::filesystem::path base = folder
                                           ? std::filesystem::path{*folder}
                                           : std::filesystem::path{environment.value("HOME").value_or(".")} / ".config";
    return base / "castdeck" / "broadcasting.json";
}

std::filesystem::path ConfigFile::goodCopyPath(const std::filesystem::path& path)
{
    return path.string() + ".good";
}

bool ConfigFile::hasErrors() const
{
    return std::ranges::find(problems(), Severity::Error, &Problem::severity) != problems().end();
}

std::string ConfigFile::describe(const Problem& problem) const
{
    // Its line is one of `.env`, which stands beside the file.
    const auto file = problem.key == ".env" ? m_path.parent_path() / ".env" : m_path;
    return file.string() + ":" + (problem.position.line > 0 ? "" : " ") + problem.text();
}

const Config& ConfigFile::config() const
{
    assert(!hasErrors());
    return m_config;
}

void ConfigFile::readText(std::string text)
{
    m_text = std::make_shared<const std::string>(std::move(text));
    m_problems = Problems{m_text};
    if (m_text->size() > maxBytes)
        return m_problems.tell({Severity::Error, "", {}, "is larger than 5 MiB"});
    if (m_text->empty())
        return m_problems.tell({Severity::Error, "", {1, 1}, "the file is empty; expected a JSON object"});
    if (m_text->starts_with("\xEF\xBB\xBF"))
        return m_problems.tell(
            {Severity::Error, "", {1, 1}, "starts with a byte order mark; save the file as UTF-8 without one"});
    // Our own check comes first: it has the position, and it bounds the depth before anything recursive runs.
    if (const auto wrong = json::check(*m_text, maxDepth))
        return m_problems.tell(
            {Severity::Error, "", positionAt(*m_text, wrong->offset), "not valid JSON: " + wrong->message});
    std::size_t keys = 0;
    if (checkObjects(*json::Value::parse(*m_text), {}, m_problems, keys))
        interpret();
}

void ConfigFile::interpret()
{
    auto document = parsed(*m_text);
    if (!document)
        return m_problems.error({}, document.error().detail);
    if (!document->is_object())
        return m_problems.error({}, "must be a JSON object");
    if (isFlatShape(*document))
        m_problems.setFlat();
    m_document = toNestedShape(*document);
    m_effective = EffectiveDocument{m_document, m_environment, m_problems};
    ObjectReader top{m_effective, m_problems};
    std::uint64_t version = schemaVersion;
    top.read("version", version, 1, UINT64_MAX);
    if (version > schemaVersion)
        m_problems.warning(top.pathOf("version"), "the file was written by a later version of the program; it is not "
                                                  "changed by this one");
    readConnections(top, m_effective, m_config);
    top.object("server", [&](ObjectReader& server) { m_config.server = readServer(server, m_path.parent_path()); });
    for (const auto& [key, ignored] : m_effective.json().items()) {
        if (isKnownTopLevelKey(key))
            top.skip(key);
    }
    top.reportUnknownKeys();
}

bool ConfigFile::isOfLaterVersion() const
{
    const auto version = m_document.find("version");
    return version != m_document.end() && version->is_number_unsigned() &&
           version->get<std::uint64_t>() > schemaVersion;
}

void ConfigFile::setApps(const std::vector<hub::AppConfig>& apps)
{
    writeApps(m_document, m_config.server, apps);
    m_config.server.apps = apps;
    followEdit();
}

void ConfigFile::setListen(const std::string& address, std::uint16_t port)
{
    if (m_config.server.listen != address)
        m_document["server"]["listen"] = address;
    if (m_config.server.port != port)
        m_document["server"]["port"] = port;
    m_config.server.listen = address;
    m_config.server.port = port;
    followEdit();
}

void ConfigFile::setRules(OrderedJson rules)
{
    m_document["authorize"]["topics"] = std::move(rules);
    followEdit();
}

void ConfigFile::followEdit()
{
    Problems told; // When the file was read.
    m_effective = EffectiveDocument{m_document, m_environment, told};
}

Result<void> ConfigFile::save()
{
    if (isOfLaterVersion())
        return Error{ErrorKind::Forbidden,
                     m_path.string() + " was written by a later version of the program and is not changed"};
    std::string text = m_document.dump(4, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
    const ConfigFile check = parse(text, m_path, m_environment);
    for (const Problem& problem : check.problems()) {
        if (problem.severity == Severity::Error)
            return Error{ErrorKind::InvalidInput, "not saved, because it could not be read again: " + problem.text()};
    }
    if (auto written = replacePrivateFile(m_path, text); !written)
        return written;
    m_text = std::make_shared<const std::string>(std::move(text));
    return {};
}

Result<void> ConfigFile::keepGoodCopy() const
{
    return replacePrivateFile(goodCopyPath(m_path), *m_text);
}

} // namespace castdeck::store
