#include "core/remote/rest_answer.h"

#include "core/base/ascii.h"
#include "core/base/json.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace castdeck::remote {

namespace {

using broadcast::Code;

constexpr std::size_t maxTextBytes = 500;
constexpr std::string_view mask = "••••";

void replaceAll(std::string& text, std::string_view what, std::string_view with)
{
    if (what.empty())
        return;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

/// Servers answer with a line of text, or with JSON that has `error` or `message`.
std::string errorText(const std::string& body)
{
    const auto document = json::Value::parse(body);
    if (!document || !document->is(json::Kind::Object))
        return body;
    for (const char* key : {"error", "message"}) {
        const auto value = document->find(key);
        if (value && value->is(json::Kind::String))
            return value->text();
    }
    return body;
}

/// A wrong clock is the usual cause of a refused timestamp; the Date header tells by how much.
std::string clockHint(const http::Answer& answer, WallTime now)
{
    if (toLower(answer.body).find("timestamp") == std::string::npos)
        return {};
    const std::string* date = http::find(answer.headers, "Date");
    if (date == nullptr)
        return {};
    // RFC 9110, section 5.6.7: the one form that a server may send.
    QDateTime theirs =
        QLocale::c().toDateTime(QString::fromStdString(*date), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    theirs.setTimeSpec(Qt::UTC);
    if (!theirs.isValid())
        return {};
    const auto ours = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    return "; this machine's clock differs from the server's by " +
           std::to_string(std::abs(ours - theirs.toSecsSinceEpoch())) + " s (at most 600 s are allowed)";
}

Code codeOf(http::Failure failure)
{
    switch (failure) {
    case http::Failure::None: return Code::None;
    case http::Failure::Unreachable: return Code::Unreachable;
    case http::Failure::Timeout: return Code::Timeout;
    case http::Failure::Tls: return Code::Tls;
    case http::Failure::AnswerTooLarge: return Code::BadResponse;
    }
    return Code::Unreachable;
}

Code codeOf(int status)
{
    switch (status) {
    case 200:
    case 202: return Code::None;
    case 400: return Code::Rejected;
    case 401: return Code::Unauthorized;
    case 403: return Code::Forbidden;
    case 413: return Code::TooLarge;
    default: return Code::BadResponse;
    }
}

} // namespace

std::string harmless(std::string text, std::string_view secret)
{
    replaceAll(text, secret, mask);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.pop_back();
    std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    if (!isValidUtf8(text))
        return "(text that is not UTF-8)";
    return text.size() <= maxTextBytes ? text : std::string{leading(text, maxTextBytes)} + "…";
}

RestAnswer interpret(const http::Answer& answer, std::string_view secret, WallTime now)
{
    RestAnswer result;
    result.status = answer.status;
    if (answer.failure != http::Failure::None) {
        result.code = codeOf(answer.failure);
        result.text = harmless(answer.detail, secret);
        return result;
    }
    result.code = codeOf(answer.status);
    if (result.code == Code::None) {
        const auto document = json::Value::parse(answer.body);
        if (document && document->is(json::Kind::Object)) {
            result.body = answer.body;
        } else {
            result.code = Code::BadResponse;
            result.text = "the answer is not a JSON object: " + harmless(answer.body, secret);
        }
        return result;
    }
    std::string text = errorText(answer.body);
    if (result.code == Code::Unauthorized)
        text = harmless(std::move(text), secret) + clockHint(answer, now);
    result.text = harmless(std::move(text), secret);
    if (result.text.empty())
        result.text = "the server gave no reason";
    if (answer.status >= 300 && answer.status < 400)
        result.text = "the server redirects elsewhere, which is not followed; check host, port and TLS";
    return result;
}

} // namespace castdeck::remote
