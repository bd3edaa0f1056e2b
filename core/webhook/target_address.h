#pragma once

#include "core/base/result.h"

#include <string_view>

/// Where webhooks may go, so that nobody reaches inner services through them.
namespace castdeck::webhook {

enum class AddressKind {
    Public,
    Loopback,
    Private,   ///< Of a local network: allowed by an explicit yes only.
    Forbidden, ///< Link-local, multicast, unspecified, broadcast.
    NoAddress, ///< A host name: its addresses are judged when they are known.
};

/// Of an IPv4 address in any of the spellings that resolvers take, or an IPv6 address without brackets.
AddressKind addressKind(std::string_view host);

/// Fails with Forbidden. To be asked for the very address that the connection goes to, after the name was resolved.
Result<void> checkAddress(std::string_view address, bool allowsPrivateNetwork);

} // namespace castdeck::webhook
