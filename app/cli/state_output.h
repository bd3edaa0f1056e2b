#pragma once

#include <string>
#include <vector>

/// How channels and members are printed, wherever they come from.
namespace castdeck::cli {

/// What is not known is empty.
struct ChannelRow {
    std::string name;
    std::string kind;
    std::string subscriptions; ///< A number.
    std::string users;         ///< A number.
};

struct MemberRow {
    std::string id;
    std::string infoJson;
    std::string connections; ///< A number.
};

void printChannels(const std::vector<ChannelRow>& channels, bool isJson);
void printMembers(const std::string& channel, const std::vector<MemberRow>& members, bool isJson);

} // namespace castdeck::cli
