#include "tests/core/auth/web_fixture.h"

#include "core/auth/web_settings_reader.h"
#include "tests/core/auth/config.h"

#include <cstdlib>

namespace castdeck::test {

using namespace auth;

namespace {

const pusher::EncryptionKey& masterKey()
{
    static const auto key = *pusher::EncryptionKey::fromBase64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    return key;
}

WebSettings webSettings(const std::string& config)
{
    std::vector<Problem> problems;
    WebSettings settings = readWebSettings(parsed(config), problems);
    if (!problems.empty())
        std::abort();
    return settings;
}

AuthorizationConfig authorization(const std::string& config)
{
    std::vector<Problem> problems;
    return readConfig(config, problems);
}

} // namespace

http::Request request(const std::string& method, const std::string& path, const std::string& query)
{
    http::Request result;
    result.method = method;
    result.path = path;
    result.query = query;
    result.peerAddress = "127.0.0.1";
    result.isPeerLoopback = true;
    return result;
}

http::Request post(const std::string& path, const std::string& form, const std::string& token)
{
    http::Request result = request("POST", path);
    result.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    result.body = form;
    return token.empty() ? result : with(result, "Authorization", "Bearer " + token);
}

http::Request with(http::Request request, const std::string& name, const std::string& value)
{
    request.headers.push_back({name, value});
    return request;
}

std::string headerOf(const http::Response& response, const std::string& name)
{
    const std::string* const value = http::find(response.headers, name);
    return value == nullptr ? std::string{} : *value;
}

std::vector<std::string> cookiesSetBy(const http::Response& response)
{
    std::vector<std::string> cookies;
    for (const http::Header& header : response.headers) {
        if (header.name == "Set-Cookie")
            cookies.push_back(header.value);
    }
    return cookies;
}

std::string valueSetFor(const std::string& cookie, const http::Response& response)
{
    for (const std::string& text : cookiesSetBy(response)) {
        if (text.starts_with(cookie + "="))
            return text.substr(cookie.size() + 1, text.find(';') - cookie.size() - 1);
    }
    return {};
}

void FakeForwarder::post(const std::string& to, http::Headers sent, std::string form, Done done)
{
    ++questions;
    url = to;
    headers = std::move(sent);
    body = std::move(form);
    if (holdsBack)
        m_waiting = std::move(done);
    else
        done(answer);
}

void FakeForwarder::release()
{
    std::exchange(m_waiting, nullptr)(answer);
}

WebFixture::WebFixture(const std::string& config, Reach reach)
    : guard{std::make_shared<const Guard>(guardFor(
          config, {[this](const RequestSummary&, const AuthorizationStatus& status) { decisions.push_back(status); }}))}
    , login{guard, sessions, webSettings(config).csrf, webSettings(config).cors, webSettings(config).demo, reach}
{
    const auto application = [](const AuthorizationRequest&) { return std::string{"3456678"}; };
    const auto keys = [](const std::string& appId) {
        if (appId != "3456678")
            std::abort();
        auto signer = std::make_shared<const pusher::Signer>("478b45309560f3456211", "ab4229346et64aa8908");
        return HeldKeys{{signer.get(), &masterKey()}, signer};
    };
    const WebSettings web = webSettings(config);
    endpoint =
        std::make_unique<AuthEndpoint>(AuthServices{guard, sessions, application, keys, forwarder,
                                                    [this](std::string line) { notes.push_back(std::move(line)); }},
                                       authorization(config), web.csrf, web.cors, reach);
}

std::optional<http::Response> WebFixture::ask(const http::Request& request)
{
    last.reset();
    const bool isOurs = endpoint->handle(request, [this](http::Response response) {
        ++answers;
        last = std::move(response);
    });
    if (!isOurs && last)
        std::abort();
    return last;
}

WebFixture::Browser WebFixture::browser(const std::string& actor) const
{
    const auto browserAfter = [](const http::Response& response) {
        const std::string token = valueSetFor("csrf_token", response);
        return Browser{"SESSID=" + valueSetFor("SESSID", response) + "; csrf_token=" + token, token};
    };
    Browser result = browserAfter(*askDemo(request("GET", "/demo/session")));
    if (actor.empty())
        return result;
    const http::Request form = post("/demo/login", "actor=" + actor);
    return browserAfter(*askDemo(with(with(form, "Cookie", result.cookies), "X-CSRF-TOKEN", result.csrfToken)));
}

} // namespace castdeck::test
