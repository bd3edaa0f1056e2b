#include "app/castdeck/sample_engine.h"

namespace castdeck::app {

using broadcast::Code;

namespace {

ui::ChannelListing manyChannels()
{
    ui::ChannelListing listing;
    for (std::size_t i = 0; i <= ui::maxListed; ++i)
        listing.items.push_back(
            {.name = "meter:" + std::to_string(100'000 + 7 * i), .connections = 1 + i % 3, .users = {}});
    return listing;
}

ui::ChannelListing stagingChannels()
{
    ui::ChannelListing listing;
    for (const auto& [name, clients] :
         std::initializer_list<std::pair<const char*, std::uint64_t>>{{"alerts", 41},
                                                                      {"orders.1040", 2},
                                                                      {"orders.1041", 1},
                                                                      {"orders.1042", 3},
                                                                      {"presence-support", 4},
                                                                      {"private-orders.1042", 1},
                                                                      {"private-users.7", 1},
                                                                      {"private-users.8", 2}})
        listing.items.push_back({.name = name, .connections = clients, .users = {}});
    return listing;
}

} // namespace

ui::ChannelListing sampleChannels(const std::string& connection)
{
    if (connection == "eu-prod")
        return {.failure = {Code::Unauthorized, "invalid signature"}, .items = {}};
    if (connection == "metrics")
        return manyChannels();
    if (connection == "silent")
        return {.failure = {Code::NotSupported, "GET /apps/1000001/channels answered 404"}, .items = {}};
    if (connection == "staging")
        return stagingChannels();
    if (connection != "chat")
        return {.failure = {Code::NotSupported, "this driver does not support listing channels"}, .items = {}};
    ui::ChannelListing listing;
    for (const auto& [name, clients] :
         std::initializer_list<std::pair<const char*, std::uint64_t>>{{"chat:lobby", 214},
                                                                      {"chat:support", 9},
                                                                      {"chat:orders.1042", 2},
                                                                      {"news", 1'480},
                                                                      {"releases", 37},
                                                                      {"scores:live", 662}})
        listing.items.push_back({.name = name, .connections = clients, .users = {}});
    return listing;
}

ui::MemberListing sampleMembers(const std::string& channel)
{
    if (!channel.starts_with("chat:") && channel != "presence-support")
        return {
            .failure = {Code::NotSupported, "108 not available: presence or history is not enabled for this namespace"},
            .items = {}};
    return {.failure = {},
            .items = {{"ana", R"({"name":"Ana Ferreira","role":"lead"})", 3},
                      {"ben", R"({"name":"Ben Okafor","role":"staff"})", 1},
                      {"chen", R"({"name":"Chen Wei","role":"staff"})", 2},
                      {"dora", R"({"name":"Dora Lind","role":"staff"})", 1},
                      {"", "", 2}}};
}

} // namespace castdeck::app
