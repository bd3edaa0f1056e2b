/// Sends through the Redis driver what redis_test.py names: redis-sender PORT PREFIX WHAT. Prints the report.

#include "core/broadcast/event_catalog.h"
#include "core/broadcast/manager.h"

#include <iostream>
#include <map>

using namespace castdeck::broadcast;

namespace {

using Send = PendingReport (*)(Manager&);

PendingReport many(Manager& manager)
{
    std::vector<std::string> channels;
    for (int i = 0; i < 200; ++i)
        channels.push_back("many." + std::to_string(i));
    return manager.channel(channels, "news", "1");
}

const std::map<std::string, Send> sends{
    {"class", [](Manager& manager) { return manager.channel(NewRelease("4.0.0")); }},
    {"event",
     [](Manager& manager) { return manager.channel({"a", "b"}, "edit", R"({"n":12345678901234567890,"ä":[]})"); }},
    {"others",
     [](Manager& manager) { return manager.channel("a", "edit", "{}", CallOptions{}.toOthers("4821.9047")); }},
    {"text", [](Manager& manager) { return manager.channel("a", "edit", "no JSON"); }},
    {"messages", [](Manager& manager) { return manager.publish({"a", "b"}, {"message1", R"({"spaces" :  "stay"})"}); }},
    {"many", many},
};

} // namespace

int main(int argc, char** argv)
{
    const auto send = argc == 4 ? sends.find(argv[3]) : sends.end();
    if (send == sends.end())
        return 2;
    ConnectionsConfig config;
    config.environmentDefault = "redis";
    const std::string prefix = '"' + std::string{argv[2]} + '"';
    config.connections = {{"redis", {{"driver", R"("redis")"}, {"port", argv[1]}, {"prefix", prefix}}}};
    Manager manager{config};
    const Report report = send->second(manager).get();
    for (const Entry& entry : report.entries)
        std::cout << describe(entry) << '\n';
    return report.isSuccess() ? 0 : 1;
}
