#pragma once

#include <QtCore/QString>

#include <cstdint>
#include <string>
#include <vector>

/// A message as code that can be pasted and run: sending it again, or listening for it. No form holds a secret: it is
/// read from an environment variable.
namespace castdeck::ui {

enum class CopyKind { Curl, PusherJs, Echo, Php, Python, CommandLine };

struct CopyMessage {
    std::vector<std::string> channels;
    std::string event;
    std::string payload; ///< As subscribers decode it.
    std::string excludeSocketId{};
};

/// Where the server is reached and as which application. The key is public, as it stands in every web page.
struct CopyEndpoint {
    bool isTls = false;
    std::string host = "127.0.0.1";
    std::uint16_t port = 6001;
    std::string path{}; ///< Before /app and /apps, "" for none.
    std::string appId;
    std::string key;
    std::string authEndpoint{}; ///< A whole URL; empty: what the client library uses by itself.
};

const std::vector<CopyKind>& copyKinds();
/// "curl", as a menu has it.
QString nameOf(CopyKind kind);

/// Curl, Php, Python and CommandLine send the message; PusherJs and Echo listen for it.
QString copyAs(CopyKind kind, const CopyMessage& message, const CopyEndpoint& endpoint);

} // namespace castdeck::ui
