#include "core/base/http.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace castdeck::http {

const std::string* find(const Headers& headers, std::string_view name)
{
    const auto it =
        std::ranges::find_if(headers, [&](const Header& header) { return equalsIgnoringCase(header.name, name); });
    return it == headers.end() ? nullptr : &it->value;
}

Response Response::error(int status, std::string_view line)
{
    Response response;
    response.status = status;
    response.contentType = "text/plain; charset=utf-8";
    response.body.assign(line).push_back('\n');
    return response;
}

std::string_view reasonPhrase(int status)
{
    switch (status) {
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 419: return "Page Expired"; // Not registered; the words that web frameworks use for a missing CSRF token.
    case 421: return "Misdirected Request";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return "Unknown";
    }
}

} // namespace castdeck::http
