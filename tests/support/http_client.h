#pragma once

#include "core/base/http.h"
#include "core/hub/app_config.h"
#include "core/pusher/signature.h"
#include "tests/support/socket.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace castdeck::test {

struct HttpReply {
    int status = 0; ///< 0 when no whole reply came.
    http::Headers headers;
    std::string body;

    const std::string* header(std::string_view name) const { return http::find(headers, name); }
    nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
    /// One line of plain text, as the API words its errors.
    bool isTextLine() const;
};

/// Status and headers of a reply; `head` goes up to the empty line.
HttpReply parseHead(const std::string& head);

/// A connection that serves one request after another. Calls block, but never beyond the patience of a test.
class HttpConnection {
public:
    explicit HttpConnection(std::uint16_t port) : m_socket{port}, m_port{port} {}

    /// A body is JSON unless the headers say something else.
    HttpReply request(std::string_view method, const std::string& target, std::string_view body = {},
                      const http::Headers& headers = {});

private:
    Socket m_socket;
    std::uint16_t m_port;
    std::string m_inbound;
};

/// One request over one connection.
HttpReply request(std::uint16_t port, std::string_view method, const std::string& target, std::string_view body = {},
                  http::Headers headers = {});

/// `path` with the signed query of a REST request.
std::string signedTarget(const hub::AppConfig& app, std::string_view method, const std::string& path,
                         std::string_view body = {}, pusher::QueryParameters own = {});

/// A signed GET of, or a signed POST with `body` to, /apps/{id}`path`.
HttpReply signedGet(std::uint16_t port, const hub::AppConfig& app, const std::string& path,
                    pusher::QueryParameters own = {});
HttpReply signedPost(std::uint16_t port, const hub::AppConfig& app, const std::string& path, std::string_view body);

} // namespace castdeck::test
