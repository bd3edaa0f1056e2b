#pragma once

#include <boost/asio/ip/address.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::net {

/// Which values of the Host header are ours. This is what keeps a web page whose name was rebound to a loopback
/// address away from the server (reliability, S1 and H6).
class HostList {
public:
    enum class Verdict : std::uint8_t { Allowed, Foreign, Malformed };

    /// Besides loopback names and addresses; the entries carry no port.
    HostList(const std::vector<std::string>& addresses, const std::vector<std::string>& hosts);

    /// `host` is `name`, `name:port`, `1.2.3.4:port` or `[::1]:port`; the port may be any. `local` is the address that
    /// the connection arrived at, which is ours as well.
    Verdict check(std::string_view host, const boost::asio::ip::address& local) const;

private:
    void add(std::string_view host);

    std::vector<std::string> m_names; ///< In lower case.
    std::vector<boost::asio::ip::address> m_addresses;
};

} // namespace castdeck::net
