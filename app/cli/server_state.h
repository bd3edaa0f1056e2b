#pragma once

#include "app/cli/target.h"
#include "core/remote/pusher_rest_client.h"

#include <functional>
#include <map>
#include <string>

namespace castdeck::cli {

/// Asks a server what is there and prints the answer. Each question is asked once; `finish` gets the exit code.
class ServerState {
public:
    using Finish = std::function<void(int)>;

    explicit ServerState(const Target& target);

    void printChannels(bool isJson, Finish finish);
    void printMembers(const std::string& channel, bool isJson, Finish finish);
    void printConnections(bool isJson, Finish finish);

private:
    struct Counts {
        std::string subscriptions; ///< Empty when the server did not tell.
        std::string users;
    };

    void askForUsers(bool isJson, const Finish& finish);
    void takeChannels(const std::string& body);
    void printChannelList(bool isJson) const;
    int failed(const remote::RestAnswer& answer) const;

    SystemClock m_clock;
    remote::HttpClient m_http;
    remote::PusherRestClient m_rest;
    std::map<std::string, Counts> m_channels;
};

} // namespace castdeck::cli
