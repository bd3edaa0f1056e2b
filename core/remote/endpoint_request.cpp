#include "core/remote/endpoint_request.h"

#include "core/base/ascii.h"
#include "core/broadcast/secret_mask.h"
#include "core/pusher/signature.h"

#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <array>
#include <optional>

namespace castdeck::remote {

namespace {

constexpr std::size_t maxAnswerBytes = 65'536;
constexpr std::size_t maxShownBytes = 16'384;
constexpr std::size_t minSecretBytes = 4; ///< Masking less would make texts unreadable.

/// Headers whose values everybody may see.
constexpr std::array<std::string_view, 11> plainHeaders{
    "Accept", "Accept-Language", "Cache-Control", "Connection", "Content-Length",  "Content-Type",
    "Date",   "Origin",          "Server",        "X-Actor-Id", "X-Requested-With"};

bool isPlain(std::string_view header)
{
    return std::ranges::any_of(plainHeaders, [&](std::string_view name) { return equalsIgnoringCase(name, header); });
}

bool isCalledSecret(std::string_view name)
{
    const std::string lower = toLower(name);
    return std::ranges::any_of(std::array{"token", "secret", "password", "csrf", "session", "key", "auth"},
                               [&](const char* part) { return lower.find(part) != std::string::npos; });
}

void setHeader(http::Headers& headers, const std::string& name, std::string value)
{
    std::erase_if(headers, [&](const http::Header& header) { return equalsIgnoringCase(header.name, name); });
    headers.push_back({name, std::move(value)});
}

std::string formOf(const EndpointTarget& target, const EndpointQuestion& question)
{
    std::string text;
    const auto add = [&](const std::string& name, const std::string& value) {
        text += (text.empty() ? "" : "&") + pusher::percentEncode(name) + "=" + pusher::percentEncode(value);
    };
    if (!question.socketId.empty())
        add("socket_id", question.socketId);
    if (!question.channel.empty())
        add("channel_name", question.channel);
    for (const auto& [name, value] : target.parameters)
        add(name, value);
    return text;
}

/// name and value of "name=value; Path=/; HttpOnly".
std::pair<std::string, std::string> cookieOf(std::string_view line)
{
    const std::string_view pair = line.substr(0, line.find(';'));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos)
        return {};
    const std::size_t start = std::min(pair.find_first_not_of(' '), equals);
    return {std::string{pair.substr(start, equals - start)}, std::string{pair.substr(equals + 1)}};
}

/// `<meta name="csrf-token" content="...">`, attributes in any order.
std::string metaToken(const std::string& page)
{
    for (const char* name : {"csrf-token", "csrfmiddlewaretoken", "_token"}) {
        const std::size_t at = page.find(std::string{"\""} + name + "\"");
        if (at == std::string::npos)
            continue;
        const std::size_t tag = page.rfind('<', at);
        const std::size_t end = page.find('>', at);
        const std::string text = page.substr(tag == std::string::npos ? 0 : tag, end - tag);
        for (const std::string attribute : {"content=\"", "value=\""}) {
            const std::size_t value = text.find(attribute);
            if (value != std::string::npos)
                return text.substr(value + attribute.size(),
                                   text.find('"', value + attribute.size()) - value - attribute.size());
        }
    }
    return {};
}

std::string masked(const std::vector<std::string>& secrets, std::string text)
{
    return broadcast::SecretMask{secrets}.apply(std::move(text));
}

/// The text value of every member of that name, however blanks stand around it.
std::string withoutMember(std::string body, std::string_view name)
{
    const std::string quotedName = "\"" + std::string{name} + "\"";
    for (std::size_t at = body.find(quotedName); at != std::string::npos; at = body.find(quotedName, at + 1)) {
        const std::size_t colon = body.find_first_not_of(" \t\r\n", at + quotedName.size());
        const std::size_t quote = colon == std::string::npos ? colon : body.find_first_not_of(" \t\r\n", colon + 1);
        if (quote == std::string::npos || body[colon] != ':' || body[quote] != '"')
            continue;
        const std::size_t end = body.find('"', quote + 1);
        body.replace(quote + 1, end == std::string::npos ? end : end - quote - 1, broadcast::secretMask);
    }
    return body;
}

std::string headOf(const http::Headers& headers, const std::vector<std::string>& secrets)
{
    std::string text;
    for (const auto& [name, value] : headers) {
        text += name + ": ";
        if (equalsIgnoringCase(name, "Location"))
            text += masked(secrets, shownAddress(value)); // Its query may carry a session.
        else
            text += isPlain(name) ? masked(secrets, value) : std::string{broadcast::secretMask};
        text += "\n";
    }
    return text;
}

} // namespace

http::OutgoingRequest requestFor(const EndpointTarget& target, const EndpointQuestion& question)
{
    http::OutgoingRequest request{.method = target.method,
                                  .url = target.url,
                                  .headers = {{"Accept", "application/json"}},
                                  .body = {},
                                  .timeout = target.timeout,
                                  .maxAnswerBytes = maxAnswerBytes};
    const std::string form = formOf(target, question);
    if (target.method == "GET") {
        request.url += (request.url.find('?') == std::string::npos ? "?" : "&") + form;
    } else {
        request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        request.body = form;
    }
    for (const http::Header& header : target.headers) {
        if (equalsIgnoringCase(header.name, "Accept") || equalsIgnoringCase(header.name, "Content-Type"))
            setHeader(request.headers, header.name, header.value);
        else
            request.headers.push_back(header);
    }
    return request;
}

bool addCsrf(EndpointTarget& target, const http::Answer& page)
{
    std::string cookies;
    if (const std::string* const own = http::find(target.headers, "Cookie"))
        cookies = *own;
    std::string cookieToken;
    for (const http::Header& header : page.headers) {
        if (!equalsIgnoringCase(header.name, "Set-Cookie"))
            continue;
        // Qt joins several of them with line feeds.
        for (std::size_t begin = 0; begin < header.value.size();) {
            const std::size_t end = std::min(header.value.find('\n', begin), header.value.size());
            const auto [name, value] = cookieOf(std::string_view{header.value}.substr(begin, end - begin));
            begin = end + 1;
            if (name.empty())
                continue;
            cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
            if (toLower(name).find("csrf") != std::string::npos || toLower(name).find("xsrf") != std::string::npos)
                cookieToken = pusher::percentDecode(value);
        }
    }
    if (!cookies.empty())
        setHeader(target.headers, "Cookie", cookies);
    const std::string token = metaToken(page.body);
    if (!token.empty())
        setHeader(target.headers, "X-CSRF-TOKEN", token);
    if (!cookieToken.empty())
        setHeader(target.headers, token.empty() ? "X-CSRF-TOKEN" : "X-XSRF-TOKEN", cookieToken);
    if (!cookieToken.empty() && token.empty())
        setHeader(target.headers, "X-XSRF-TOKEN", cookieToken);
    return !token.empty() || !cookieToken.empty();
}

std::string shownAddress(const std::string& url)
{
    return QUrl{QString::fromStdString(url)}
        .toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment)
        .toStdString();
}

std::vector<std::string> secretsOf(const EndpointTarget& target, const std::vector<KnownApp>& apps)
{
    std::vector<std::string> secrets;
    const auto add = [&](std::string_view text) {
        if (text.size() >= minSecretBytes)
            secrets.emplace_back(text);
    };
    for (const KnownApp& app : apps)
        add(app.secret);
    for (const auto& [name, value] : target.headers) {
        if (isPlain(name))
            continue;
        add(value);
        // "Bearer TOKEN", "a=1; b=2": the parts may come back alone. What says only how is no secret.
        for (std::size_t begin = 0; begin < value.size();) {
            const std::size_t end = std::min(value.find_first_of(" ;,=", begin), value.size());
            const std::string_view part = std::string_view{value}.substr(begin, end - begin);
            const bool isName = end < value.size() && value[end] == '=';
            if (!isName && !equalsIgnoringCase(part, "Bearer") && !equalsIgnoringCase(part, "Basic"))
                add(part);
            begin = end + 1;
        }
    }
    for (const auto& [name, value] : target.parameters) {
        if (isCalledSecret(name))
            add(value);
    }
    const QUrl url{QString::fromStdString(target.url)};
    add(url.password(QUrl::FullyDecoded).toStdString());
    for (const auto& [name, value] : QUrlQuery{url}.queryItems(QUrl::FullyDecoded))
        add(value.toStdString());
    return secrets;
}

std::string shownRequest(const http::OutgoingRequest& request, const std::vector<std::string>& secrets)
{
    const std::string body = request.method == "GET" ? std::string{} : "\n" + masked(secrets, request.body);
    std::string query;
    if (const std::size_t at = request.url.find('?'); at != std::string::npos && request.method == "GET")
        query = masked(secrets, request.url.substr(at));
    return request.method + " " + shownAddress(request.url) + query + "\n" + headOf(request.headers, secrets) + body;
}

std::string shownHead(const http::Answer& answer, const std::vector<std::string>& secrets)
{
    if (answer.status == 0)
        return {};
    const std::string_view phrase = http::reasonPhrase(answer.status);
    return "HTTP " + std::to_string(answer.status) + (phrase.empty() ? "" : " " + std::string{phrase}) + "\n" +
           headOf(answer.headers, secrets);
}

std::string shownBody(const http::Answer& answer, const std::vector<std::string>& secrets)
{
    const std::string body = withoutMember(masked(secrets, answer.body), "shared_secret");
    if (body.size() <= maxShownBytes)
        return body;
    return (isValidUtf8(body) ? std::string{leading(body, maxShownBytes)} : body.substr(0, maxShownBytes)) + "…";
}

} // namespace castdeck::remote
