#include "tests/support/authorization.h"

#include "core/auth/settings_reader.h"

#include <cstdio>
#include <cstdlib>

namespace castdeck::test {

const std::string scenarioRules =
    R"("explain":"never",
       "topics":[{"pattern":"private-admins","when":{"value":"actor.role","is":"equals","to":"admin"}},
                 {"pattern":"private-{id:[0-9]+}","when":{"value":"actor.id","is":"equals","to":"{id}"}},
                 {"pattern":"topic","when":{"value":"header.SECRET","is":"equals","to":"secret"}},
                 {"pattern":"order.{uuid}","when":{"value":"actor.id","is":"equals","to":"{uuid}"}}])";

auth::AuthorizationConfig authorizationWith(const std::string& authorize)
{
    const std::string text = R"({"authorize": {)" + authorize + R"(},
        "actors": [{"id": "1", "name": "Ada", "role": "admin", "token": "ada-token"},
                   {"id": "2", "name": "Bob", "role": "basic", "token": "bob-token"},
                   {"id": "5", "name": "Five", "token": "5-token"},
                   {"id": "6", "name": "Six", "token": "6-token"}]})";
    std::vector<auth::Problem> problems;
    auto config = auth::readAuthorization(auth::OrderedJson::parse(text), problems);
    for (const auth::Problem& problem : problems)
        std::fprintf(stderr, "%s\n", problem.text().c_str());
    if (!problems.empty())
        std::abort();
    return config;
}

engine::EngineOptions scenarioOptions(const std::string& authorize)
{
    engine::EngineOptions options;
    hub::AppConfig app;
    app.id = "3456678";
    app.key = "478b45309560f3456211";
    app.secret = "ab4229346et64aa8908";
    app.encryptionMasterKey = "0123456789abcdef0123456789abcdef";
    options.apps.push_back(std::move(app));
    options.authorization = authorizationWith(authorize);
    return options;
}

HttpReply askPermission(std::uint16_t port, const std::string& path, const std::string& form, const std::string& token)
{
    http::Headers headers{{"Content-Type", "application/x-www-form-urlencoded"}};
    if (!token.empty())
        headers.push_back({"Authorization", "Bearer " + token});
    return request(port, "POST", path, form, std::move(headers));
}

} // namespace castdeck::test
