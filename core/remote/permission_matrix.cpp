#include "core/remote/permission_matrix.h"

#include "core/base/json.h"
#include "core/remote/endpoint_request.h"

#include <algorithm>

namespace castdeck::remote {

namespace {

constexpr std::size_t maxChannelBytes = 1'000;

Error wrong(std::string why)
{
    return {ErrorKind::InvalidInput, std::move(why)};
}

bool isVariable(const std::string& text)
{
    return text.starts_with("${") && text.ends_with('}') && text.find('}') == text.size() - 1;
}

std::string variableFor(const std::string& personaId, const std::string& header)
{
    std::string name = "CASTDECK_" + personaId + "_" + header;
    for (char& c : name) {
        const bool isLower = c >= 'a' && c <= 'z';
        const bool isKept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        c = isLower ? static_cast<char>(c - 'a' + 'A') : isKept ? c : '_';
    }
    return "${" + name + "}";
}

Persona withoutValues(Persona persona)
{
    for (http::Header& header : persona.headers) {
        if (!isVariable(header.value))
            header.value = variableFor(persona.id, header.name);
    }
    if (!persona.cookies.empty() && !isVariable(persona.cookies))
        persona.cookies = variableFor(persona.id, "Cookie");
    return persona;
}

/// One entry a line, so that a change is one line in a version control system.
std::string listOf(const std::vector<std::string>& entries)
{
    std::string text;
    for (const std::string& entry : entries)
        text += (text.empty() ? "\n    " : ",\n    ") + entry;
    return "[" + text + (entries.empty() ? "]" : "\n  ]");
}

std::string document(const PermissionMatrix& matrix, const std::vector<Persona>& personas, const std::string& url)
{
    std::vector<std::string> people;
    std::vector<std::string> channels;
    std::vector<std::string> expectations;
    std::ranges::transform(personas, std::back_inserter(people),
                           [](const Persona& persona) { return toJson(persona); });
    std::ranges::transform(matrix.channels, std::back_inserter(channels), json::toString);
    for (const MatrixCell cell : matrix.cells()) {
        if (const Expectation expectation = matrix.expected(cell); expectation != Expectation::None)
            expectations.push_back("{\"persona\":" + json::toString(matrix.personas[cell.persona].id) +
                                   ",\"channel\":" + json::toString(matrix.channels[cell.channel]) + ",\"expect\":\"" +
                                   std::string{toText(expectation)} + "\"}");
    }
    return "{\n  \"castdeck_matrix\": 1,\n  \"url\": " + json::toString(url) +
           ",\n  \"method\": " + json::toString(matrix.method) + ",\n  \"app\": " + json::toString(matrix.appId) +
           ",\n  \"personas\": " + listOf(people) + ",\n  \"channels\": " + listOf(channels) +
           ",\n  \"expectations\": " + listOf(expectations) + "\n}\n";
}

std::string textOf(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value && value->is(json::Kind::String) ? value->text() : std::string{};
}

Result<std::vector<json::Value>> listIn(const json::Value& object, const char* name)
{
    const auto list = object.find(name);
    if (!list)
        return std::vector<json::Value>{};
    if (!list->is(json::Kind::Array))
        return wrong(std::string{"\""} + name + "\" must be a list");
    return list->elements();
}

Result<void> readExpectation(const json::Value& entry, PermissionMatrix& matrix)
{
    if (!entry.is(json::Kind::Object))
        return wrong("each of \"expectations\" must be an object");
    const std::string persona = textOf(entry, "persona");
    const std::string channel = textOf(entry, "channel");
    const std::string expect = textOf(entry, "expect");
    const bool isKnown = std::ranges::find(matrix.personas, persona, &Persona::id) != matrix.personas.end() &&
                         std::ranges::find(matrix.channels, channel) != matrix.channels.end();
    if (!isKnown)
        return wrong("an expectation names \"" + persona + "\" and \"" + channel +
                     "\", and one of them is not in the lists");
    if (expect != "allow" && expect != "deny")
        return wrong("an expectation is \"allow\" or \"deny\", and that of \"" + persona + "\" for \"" + channel +
                     "\" is \"" + expect + "\"");
    matrix.expectations[{persona, channel}] = expect == "allow" ? Expectation::Allow : Expectation::Deny;
    return {};
}

Result<void> readPeople(const json::Value& object, PermissionMatrix& matrix)
{
    const auto people = listIn(object, "personas");
    if (!people)
        return people.error();
    for (const json::Value& entry : *people) {
        auto persona = personaFromJson(entry.raw());
        if (!persona)
            return persona.error();
        if (std::ranges::find(matrix.personas, persona->id, &Persona::id) != matrix.personas.end())
            return wrong("two personas have the id \"" + persona->id + "\"");
        matrix.personas.push_back(std::move(*persona));
    }
    const auto channels = listIn(object, "channels");
    if (!channels)
        return channels.error();
    for (const json::Value& entry : *channels) {
        if (!entry.is(json::Kind::String) || entry.textBytes() > maxChannelBytes)
            return wrong("each of \"channels\" must be a channel's name");
        if (std::ranges::find(matrix.channels, entry.text()) == matrix.channels.end())
            matrix.channels.push_back(entry.text());
    }
    return {};
}

/// Calls `use` with every variable in the text, and puts in its place what that gives.
Result<std::string> replaced(const std::string& text,
                             const std::function<std::optional<std::string>(const std::string&)>& find)
{
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = text.find("${", at);
        const std::size_t end = start == std::string::npos ? start : text.find('}', start);
        if (end == std::string::npos)
            return result + text.substr(at);
        const std::string name = text.substr(start + 2, end - start - 2);
        const auto value = find(name);
        if (!value)
            return Error{ErrorKind::NotFound, "the variable " + name + " is not set"};
        result += text.substr(at, start - at) + *value;
        at = end + 1;
    }
    return result;
}

} // namespace

std::string_view toText(Expectation expectation)
{
    switch (expectation) {
    case Expectation::None: return "";
    case Expectation::Allow: return "allow";
    case Expectation::Deny: return "deny";
    }
    return "";
}

bool isAsExpected(Expectation expectation, EndpointOutcome outcome)
{
    switch (expectation) {
    case Expectation::None: return outcome != EndpointOutcome::Error;
    case Expectation::Allow: return outcome == EndpointOutcome::Allowed;
    case Expectation::Deny: return outcome == EndpointOutcome::Denied;
    }
    return false;
}

Expectation PermissionMatrix::expected(MatrixCell cell) const
{
    const auto found = expectations.find({personas[cell.persona].id, channels[cell.channel]});
    return found == expectations.end() ? Expectation::None : found->second;
}

std::vector<MatrixCell> PermissionMatrix::cells() const
{
    std::vector<MatrixCell> all;
    for (std::size_t persona = 0; persona < personas.size(); ++persona) {
        for (std::size_t channel = 0; channel < channels.size(); ++channel)
            all.push_back({persona, channel});
    }
    return all;
}

std::string PermissionMatrix::endpointName() const
{
    return url.empty() ? "built-in endpoint" : shownAddress(url);
}

std::string matrixFile(const PermissionMatrix& matrix)
{
    std::vector<Persona> personas;
    std::ranges::transform(matrix.personas, std::back_inserter(personas), withoutValues);
    return document(matrix, personas, matrix.url.empty() ? std::string{} : shownAddress(matrix.url));
}

std::string matrixDocument(const PermissionMatrix& matrix)
{
    return document(matrix, matrix.personas, matrix.url);
}

Result<PermissionMatrix> readMatrix(const std::string& text)
{
    const auto object = json::Value::parse(text);
    if (!object)
        return wrong("it is no JSON: " + object.error().detail);
    const auto version = object->is(json::Kind::Object) ? object->find("castdeck_matrix") : std::nullopt;
    if (!version)
        return wrong("it is no matrix: the member \"castdeck_matrix\" is missing");
    if (version->raw() != "1")
        return wrong("it is of the format " + std::string{version->raw()} + ", and this program reads format 1");
    PermissionMatrix matrix;
    matrix.url = textOf(*object, "url");
    matrix.appId = textOf(*object, "app");
    if (const std::string method = textOf(*object, "method"); !method.empty())
        matrix.method = method;
    if (auto read = readPeople(*object, matrix); !read)
        return read.error();
    const auto expectations = listIn(*object, "expectations");
    if (!expectations)
        return expectations.error();
    for (const json::Value& entry : *expectations) {
        if (auto read = readExpectation(entry, matrix); !read)
            return read.error();
    }
    if (matrix.personas.size() * matrix.channels.size() > PermissionMatrix::maxCells)
        return wrong("it has more than " + std::to_string(PermissionMatrix::maxCells) + " cells");
    return matrix;
}

std::vector<std::string> variablesOf(const PermissionMatrix& matrix)
{
    std::vector<std::string> names;
    const auto note = [&](const std::string& name) -> std::optional<std::string> {
        if (std::ranges::find(names, name) == names.end())
            names.push_back(name);
        return "";
    };
    (void)withVariables(matrix, note);
    return names;
}

Result<PermissionMatrix> withVariables(PermissionMatrix matrix,
                                       const std::function<std::optional<std::string>(const std::string&)>& find)
{
    for (Persona& persona : matrix.personas) {
        std::vector<std::string*> texts{&persona.cookies};
        for (http::Header& header : persona.headers)
            texts.push_back(&header.value);
        for (std::string* text : texts) {
            auto value = replaced(*text, find);
            if (!value)
                return value.error();
            *text = std::move(*value);
        }
    }
    return matrix;
}

} // namespace castdeck::remote
