#pragma once

#include "core/remote/probe_connection.h"

#include <string>
#include <string_view>

/// What the connection doctor reads in the answer of whoever is at the other end.
namespace castdeck::remote {

/// One line for people, whatever was sent.
std::string lineOf(std::string_view text);
/// What the answer says in words, one line; nothing for a web page.
std::string saidIn(const RawAnswer& answer);

bool isPage(const RawAnswer& answer);
/// Whether it is about an application of the protocol, and not about a path that does not exist.
bool speaksOfApp(const std::string& body);
bool complainsOfPlainHttp(const RawAnswer& answer);
/// Whether a server of the protocol may have said this when it was asked for channels without a signature.
bool isFromServer(const RawAnswer& answer);

} // namespace castdeck::remote
