#pragma once

#include "core/auth/auth_endpoint.h"
#include "core/auth/demo_login.h"
#include "tests/support/manual_clock.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Requests as browsers and servers send them, to the endpoint and the login of one configuration.
namespace castdeck::test {

http::Request request(const std::string& method, const std::string& path, const std::string& query = {});
/// A form in a POST.
http::Request post(const std::string& path, const std::string& form, const std::string& token = {});
http::Request with(http::Request request, const std::string& name, const std::string& value);

std::string headerOf(const http::Response& response, const std::string& name); ///< Empty for none.
std::vector<std::string> cookiesSetBy(const http::Response& response);
std::string valueSetFor(const std::string& cookie, const http::Response& response);

/// Answers what it is told to, at once or, while it holds back, when release() is called.
class FakeForwarder final : public auth::Forwarder {
public:
    void post(const std::string& url, http::Headers headers, std::string body, Done done) override;
    void release();

    auth::ForwardAnswer answer{200, "{}", {}};
    bool holdsBack = false;

    int questions = 0;
    std::string url;
    http::Headers headers;
    std::string body;

private:
    Done m_waiting;
};

/// Signs with the credentials of the worked scenarios.
class WebFixture {
public:
    explicit WebFixture(const std::string& config, auth::Reach reach = auth::Reach::Loopback);

    /// Nothing when the endpoint does not know the path, or when the answer is not there yet.
    std::optional<http::Response> ask(const http::Request& request);
    std::optional<http::Response> askDemo(const http::Request& request) const { return login.handle(request); }
    /// The headers Cookie and X-CSRF-TOKEN of a browser, after GET /demo/session and, with an actor, the login.
    struct Browser {
        std::string cookies;
        std::string csrfToken;
    };
    Browser browser(const std::string& actor = {}) const;

    ManualClock clock;
    auth::SessionStore sessions{clock};
    std::shared_ptr<FakeForwarder> forwarder = std::make_shared<FakeForwarder>();
    std::vector<std::string> notes;
    std::vector<auth::AuthorizationStatus> decisions;
    int answers = 0; ///< Calls of `done`.
    std::optional<http::Response> last;

    std::shared_ptr<const auth::Guard> guard;
    std::unique_ptr<auth::AuthEndpoint> endpoint;
    auth::DemoLogin login;
};

} // namespace castdeck::test
