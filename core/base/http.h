#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace castdeck::http {

struct Header {
    std::string name;
    std::string value;
};

using Headers = std::vector<Header>;

/// The value of the first header of that name, ignoring case; null when there is none.
const std::string* find(const Headers& headers, std::string_view name);

/// A request whose head and body have arrived whole. Everything is as the client sent it: nothing is decoded.
struct Request {
    std::string method;
    std::string path;  ///< Before the `?`, percent-escapes untouched.
    std::string query; ///< After the `?`, may be empty.
    Headers headers;
    std::string body; ///< After de-chunking.
    std::string peerAddress;
    bool isPeerLoopback = false;
    bool isTls = false;

    const std::string* header(std::string_view name) const { return find(headers, name); }
};

struct Response {
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
    Headers headers; ///< Beyond Content-Type, Content-Length, Connection and Date.

    /// An error as the Pusher HTTP API words it: one line of plain text.
    static Response error(int status, std::string_view line);
};

/// "Not Found" for 404.
std::string_view reasonPhrase(int status);

} // namespace castdeck::http
