#include "app/castdeck/first_free_port.h"

#include <QtNetwork/QHostAddress>
#include <QtNetwork/QTcpServer>

#include <algorithm>

namespace castdeck::app {

std::optional<std::uint16_t> firstFreePort(const QString& address, std::uint16_t wanted)
{
    if (wanted == 0)
        return wanted;
    const QHostAddress host = address == u"localhost" ? QHostAddress{QHostAddress::LocalHost} : QHostAddress{address};
    const int last = std::min(wanted + 99, 65'535);
    for (int port = wanted; port <= last; ++port) {
        QTcpServer probe;
        if (probe.listen(host, static_cast<quint16>(port)))
            return static_cast<std::uint16_t>(port);
        if (probe.serverError() != QAbstractSocket::AddressInUseError)
            return wanted; // Another port would not help; the engine says what is wrong.
    }
    return std::nullopt;
}

} // namespace castdeck::app
