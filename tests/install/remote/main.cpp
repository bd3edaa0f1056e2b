// The driver `pusher` in a program of one's own: with castdeck::remote it sends over HTTP, here to a port where nobody
// listens.

#include "core/broadcast/broadcast.h"
#include "core/remote/driver_transport.h"

#include <QCoreApplication>

#include <iostream>

using namespace castdeck;

int main(int argc, char** argv)
{
    const QCoreApplication application{argc, argv};
    const remote::HttpThread thread;
    broadcast::Services services;
    services.http = remote::driverTransport(thread);
    broadcast::ConnectionsConfig config;
    config.connections = {{"web",
                           {{"driver", R"("pusher")"},
                            {"app_id", R"("1")"},
                            {"key", R"("k")"},
                            {"secret", R"("s")"},
                            {"ssl", "false"},
                            {"host", R"("127.0.0.1")"},
                            {"port", "1"}}}};
    broadcast::Manager manager{config, services};
    std::cout << toText(manager.channel("releases", "Hello", {}, "web").get().code()) << '\n';
}
