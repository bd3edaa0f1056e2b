#include "core/broadcast/drivers/http_exchange.h"

#include "core/base/json.h"

namespace castdeck::broadcast {

Exchange asExchange(const http::OutgoingRequest& request, const http::Answer& answer)
{
    Exchange exchange;
    exchange.request = request.method + " " + request.url + (request.body.empty() ? "" : "\n" + request.body);
    exchange.answer = answer.failure == http::Failure::None ? std::to_string(answer.status) + " " + answer.body
                                                            : "no answer: " + answer.detail;
    return exchange;
}

Failure transportFailure(const http::Answer& answer)
{
    switch (answer.failure) {
    case http::Failure::None: return {};
    case http::Failure::Unreachable: return {Code::Unreachable, answer.detail};
    case http::Failure::Timeout: return {Code::Timeout, answer.detail};
    case http::Failure::Tls: return {Code::Tls, answer.detail};
    case http::Failure::AnswerTooLarge: return {Code::BadResponse, answer.detail};
    }
    return {Code::Unreachable, answer.detail};
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
