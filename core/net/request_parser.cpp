#include "core/net/request_parser.h"

#include "core/base/ascii.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace castdeck::net {

namespace {

namespace beast_http = boost::beast::http;

constexpr std::size_t maxLengthDigits = 19;
/// More than this of a chunk's head or of trailers is never needed at once.
constexpr std::size_t maxPendingBytes = std::size_t{16} * 1024;
/// The shortest end of a chunked body. Beast takes for granted that it has seen as much when it goes on with a last
/// chunk whose trailers have not arrived, and stops the program otherwise where assertions are on.
constexpr std::size_t shortestLastChunk = std::string_view{"0\r\n\r\n"}.size();

std::string_view trimmed(std::string_view text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

http::Response failureFor(const boost::beast::error_code& error)
{
    if (error == beast_http::error::bad_version)
        return http::Response::error(505, "HTTP version not supported, use HTTP/1.1");
    if (error == beast_http::error::body_limit)
        return http::Response::error(413, "Body too large");
    return http::Response::error(400, "Malformed request: " + error.message());
}

} // namespace

HeadScanner::Result HeadScanner::scan(std::string_view input, const HttpLimits& limits)
{
    while (m_scanned < input.size()) {
        const auto lineEnd = input.find('\n', m_scanned);
        m_scanned = lineEnd == std::string_view::npos ? input.size() : lineEnd + 1;
        const auto lineBytes = m_scanned - m_lineStart;
        if (m_lines == 0 && lineBytes > limits.requestLineBytes + 2)
            return {414};
        // The request line has its own limit.
        if (m_lines > 0 && m_scanned - m_requestLineBytes > limits.headerBytes + 2)
            return {431};
        if (lineEnd == std::string_view::npos)
            break;
        if (lineBytes < 2 || input[lineEnd - 1] != '\r')
            return {400};
        if (m_lines == 0)
            m_requestLineBytes = m_scanned;
        if (lineBytes == 2)
            return {0, m_scanned};
        // RFC 9112, section 5.2: a folded line may be refused, and proxies differ in what they make of one.
        if (m_lines > 0 && (input[m_lineStart] == ' ' || input[m_lineStart] == '\t'))
            return {400};
        if (++m_lines > limits.headerFields + 1)
            return {431};
        m_lineStart = m_scanned;
    }
    return {};
}

RequestParser::RequestParser(const HttpLimits& limits) : m_limits{limits}
{
    eager(true);
    header_limit(static_cast<std::uint32_t>(limits.requestLineBytes + limits.headerBytes + 8));
    body_limit(boost::none); // checkLength() and append() apply it, after the Host was checked.
}

RequestParser::Failure RequestParser::readHead(std::string_view head)
{
    ErrorCode error;
    put(boost::asio::const_buffer{head.data(), head.size()}, error);
    if (error && error != beast_http::error::need_more)
        return failureFor(error);
    if (!m_isHeadRead)
        return http::Response::error(400, "Malformed request head");
    return checkHead();
}

/// What decides where the request ends must be said once and plainly, or a proxy in front could see another end.
RequestParser::Failure RequestParser::checkHead() const
{
    const auto& headers = m_request.headers;
    const auto lengths = count(headers, "Content-Length");
    const auto codings = count(headers, "Transfer-Encoding");
    if (lengths + codings > 1)
        return http::Response::error(400, "Content-Length and Transfer-Encoding may be given once, and not both");
    if (lengths == 1) {
        const auto& length = *m_request.header("Content-Length");
        if (!isDigits(length) || length.size() > maxLengthDigits)
            return http::Response::error(400, "Content-Length is not a number");
    }
    if (codings == 1 && !equalsIgnoringCase(*m_request.header("Transfer-Encoding"), "chunked"))
        return http::Response::error(501, "Transfer-Encoding other than chunked is not supported");
    if (codings == 1 && !m_isHttp11)
        return http::Response::error(400, "Transfer-Encoding needs HTTP/1.1");
    return {};
}

RequestParser::Failure RequestParser::checkLength() const
{
    const auto length = content_length();
    if (length && *length > m_limits.bodyBytes)
        return http::Response::error(413, "Body larger than " + std::to_string(m_limits.bodyBytes) + " bytes");
    return {};
}

RequestParser::Failure RequestParser::readBody(std::string_view& input)
{
    ErrorCode error;
    const std::size_t enough = chunked() ? shortestLastChunk : 1;
    while (!is_done() && input.size() >= enough) {
        const auto used = put(boost::asio::const_buffer{input.data(), input.size()}, error);
        input.remove_prefix(used);
        if (error == beast_http::error::need_more) {
            if (input.size() > maxPendingBytes)
                return http::Response::error(400, "Chunk head or trailer too long");
            break;
        }
        if (error)
            return failureFor(error);
        if (used == 0)
            break;
    }
    return {};
}

bool RequestParser::expectsContinue() const
{
    const auto* const expect = m_request.header("Expect");
    return m_isHttp11 && expect && equalsIgnoringCase(*expect, "100-continue");
}

/// Refused by what is announced, not only once it has arrived.
void RequestParser::on_chunk_header_impl(std::uint64_t size, StringView, ErrorCode& error)
{
    if (size > m_limits.bodyBytes - m_request.body.size())
        error = beast_http::error::body_limit;
}

std::size_t RequestParser::append(StringView body, ErrorCode& error)
{
    if (m_request.body.size() + body.size() > m_limits.bodyBytes) {
        error = beast_http::error::body_limit;
        return 0;
    }
    m_request.body.append(body.data(), body.size());
    return body.size();
}

void RequestParser::on_request_impl(beast_http::verb, StringView method, StringView target, int version, ErrorCode&)
{
    m_isHttp11 = version >= 11;
    m_request.method.assign(method.data(), method.size());
    const auto question = std::min(target.find('?'), target.size());
    m_request.path.assign(target.data(), question);
    if (question < target.size())
        m_request.query.assign(target.data() + question + 1, target.size() - question - 1);
}

void RequestParser::on_field_impl(beast_http::field, StringView name, StringView value, ErrorCode&)
{
    if (!m_isHeadRead)
        m_request.headers.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
}

std::size_t count(const http::Headers& headers, std::string_view name)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(headers, [&](const auto& header) { return equalsIgnoringCase(header.name, name); }));
}

bool hasToken(const http::Headers& headers, std::string_view name, std::string_view token)
{
    for (const auto& header : headers) {
        if (!equalsIgnoringCase(header.name, name))
            continue;
        std::string_view rest = header.value;
        while (!rest.empty()) {
            const auto comma = std::min(rest.find(','), rest.size());
            if (equalsIgnoringCase(trimmed(rest.substr(0, comma)), token))
                return true;
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    return false;
}

} // namespace castdeck::net
