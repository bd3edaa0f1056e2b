/// Publishes two messages to two topics through the Redis driver: redis-sender PORT. The command line sends events
/// only.

#include "core/broadcast/manager.h"

#include <iostream>

using namespace castdeck::broadcast;

int main(int argc, char** argv)
{
    if (argc != 2)
        return 2;
    ConnectionsConfig config;
    config.environmentDefault = "redis";
    config.connections = {{"redis", {{"driver", R"("redis")"}, {"port", argv[1]}}}};
    Manager manager{config};
    const Report report = manager.publish({"a", "b"}, {"message1", R"({"spaces" :  "stay"})"}).get();
    std::cout << report.summary() << '\n';
    return report.isSuccess() ? 0 : 1;
}
