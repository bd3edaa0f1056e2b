#pragma once

#include "core/base/http.h"
#include "core/net/options.h"

#include <boost/beast/http/basic_parser.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace castdeck::net {

/// Finds the end of a request's head and applies the limits while it arrives, in front of the parser.
class HeadScanner {
public:
    struct Result {
        int status = 0;            ///< Not 0: refuse.
        std::size_t headBytes = 0; ///< Not 0: the head is whole.
    };

    /// `input` begins with the head and has grown, or not, since the last call.
    Result scan(std::string_view input, const HttpLimits& limits);

private:
    std::size_t m_scanned = 0;
    std::size_t m_lineStart = 0;
    std::size_t m_requestLineBytes = 0;
    std::size_t m_lines = 0;
};

/// One request, head and body. The syntax is read by Boost.Beast; what it lets through and we do not is checked here.
///
/// Thread: one owner.
class RequestParser : private boost::beast::http::basic_parser<true> {
public:
    /// An answer in place of the request: the connection cannot be read any further.
    using Failure = std::optional<http::Response>;

    explicit RequestParser(const HttpLimits& limits);

    /// `head` is what HeadScanner found.
    Failure readHead(std::string_view head);
    /// Consumes from `input` what belongs to the body, which may be less than it holds.
    Failure readBody(std::string_view& input);
    /// To be asked before the body is read: the declared length may be too large.
    Failure checkLength() const;

    bool isComplete() const { return is_done(); }
    bool keepsAlive() const { return keep_alive(); }
    bool isHttp11() const { return m_isHttp11; }
    bool isUpgradeNamed() const { return upgrade(); } ///< By Upgrade and by Connection.
    bool expectsContinue() const;
    bool hasBody() const { return !is_done(); }

    http::Request& request() { return m_request; }

private:
    using ErrorCode = boost::beast::error_code;
    using StringView = boost::beast::string_view;

    Failure checkHead() const;
    std::size_t append(StringView body, ErrorCode& error);

    void on_request_impl(boost::beast::http::verb, StringView method, StringView target, int version,
                         ErrorCode&) override;
    void on_response_impl(int, StringView, int, ErrorCode&) override {}
    void on_field_impl(boost::beast::http::field, StringView name, StringView value, ErrorCode&) override;
    void on_header_impl(ErrorCode&) override { m_isHeadRead = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
    std::size_t on_body_impl(StringView body, ErrorCode& error) override { return append(body, error); }
    void on_chunk_header_impl(std::uint64_t size, StringView, ErrorCode& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t, StringView body, ErrorCode& error) override
    {
        return append(body, error);
    }
    void on_finish_impl(ErrorCode&) override {}

    const HttpLimits& m_limits;
    http::Request m_request;
    bool m_isHttp11 = true;
    bool m_isHeadRead = false; ///< Fields that follow are trailers, which are dropped.
};

/// How often a header occurs.
std::size_t count(const http::Headers& headers, std::string_view name);
/// True when a comma-separated header holds the token, ignoring case, in any of its lines.
bool hasToken(const http::Headers& headers, std::string_view name, std::string_view token);

} // namespace castdeck::net
