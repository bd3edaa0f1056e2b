#include "tests/core/auth/config.h"

#include <cstdio>
#include <cstdlib>

namespace castdeck::test {

using namespace auth;

OrderedJson parsed(const std::string& json)
{
    return OrderedJson::parse(json);
}

AuthorizationConfig readConfig(const std::string& text, std::vector<Problem>& problems)
{
    return readAuthorization(parsed(text), problems);
}

Guard guardFor(const std::string& text, std::vector<Observer> observers)
{
    std::vector<Problem> problems;
    AuthorizationConfig config = readConfig(text, problems);
    if (!problems.empty()) {
        std::fputs(qPrintable(textOf(problems)), stderr);
        std::abort();
    }
    return Guard{RuleSet{std::move(config.rules)}, ActorDirectory{std::move(config.actors)}, std::move(config.guard),
                 std::move(observers)};
}

QString textOf(const std::vector<Problem>& problems)
{
    std::string text;
    for (const Problem& problem : problems)
        text += (problem.severity == Problem::Severity::Error ? "error: " : "warning: ") + problem.text() + "\n";
    return QString::fromStdString(text);
}

std::string configWith(const std::string& authorize)
{
    return R"({"authorize": {)" + authorize + R"(},
               "actors": [{"id": "1", "name": "Ada", "role": "admin", "token": "ada-token"},
                          {"id": "2", "name": "Bob", "role": "basic", "token": "bob-token"},
                          {"id": "5", "name": "Five", "token": "5-token"},
                          {"id": "6", "name": "Six", "token": "6-token"}]})";
}

AuthorizationRequest requestFor(const std::string& channel, const std::string& token)
{
    AuthorizationRequest request;
    request.channels = {channel};
    request.socketId = "4821.9047";
    if (!token.empty())
        request.headers = {{"Authorization", "Bearer " + token}};
    request.remoteIp = "127.0.0.1";
    request.isLoopback = true;
    request.path = "/pusher/auth";
    request.method = "POST";
    return request;
}

} // namespace castdeck::test
