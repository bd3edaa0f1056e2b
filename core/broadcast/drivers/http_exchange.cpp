#include "core/broadcast/drivers/http_exchange.h"

#include "core/base/json.h"

#include <string_view>

namespace castdeck::broadcast {

namespace {

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

/// "https://api.example:443": without user, password, path and query.
std::string originOf(std::string_view url)
{
    const std::size_t start = url.find("://");
    if (start == std::string_view::npos)
        return "the server";
    const std::string_view scheme = url.substr(0, start + 3);
    std::string_view authority = url.substr(scheme.size());
    authority = authority.substr(0, authority.find_first_of("/?#"));
    if (const std::size_t user = authority.rfind('@'); user != std::string_view::npos)
        authority.remove_prefix(user + 1);
    return std::string{scheme} + std::string{authority};
}

} // namespace

Exchange asExchange(const http::OutgoingRequest& request, const http::Answer& answer)
{
    Exchange exchange;
    exchange.request = request.method + " " + request.url + (request.body.empty() ? "" : "\n" + request.body);
    exchange.answer = answer.failure == http::Failure::None ? std::to_string(answer.status) + " " + answer.body
                                                            : "no answer: " + answer.detail;
    return exchange;
}

Failure transportFailure(const http::OutgoingRequest& request, const http::Answer& answer)
{
    const Code code = codeOf(answer.failure);
    if (code == Code::None)
        return {};
    return {code, originOf(request.url) + ": " + answer.detail};
}

Code codeOfStatus(int status)
{
    switch (status) {
    case 400: return Code::Rejected;
    case 401: return Code::Unauthorized;
    case 403: return Code::Forbidden;
    case 413: return Code::TooLarge;
    default: return Code::BadResponse;
    }
}

std::string errorText(const http::Answer& answer)
{
    if (answer.status >= 300 && answer.status < 400)
        return "the server redirects elsewhere, which is not followed; check the address and TLS";
    const auto document = json::Value::parse(answer.body);
    if (document && document->is(json::Kind::Object)) {
        for (const char* key : {"error", "message"}) {
            const auto value = document->find(key);
            if (value && value->is(json::Kind::String))
                return value->text();
        }
    }
    return answer.body.empty() ? "the server gave no reason" : answer.body;
}

} // namespace castdeck::broadcast
