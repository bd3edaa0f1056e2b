#include "app/cli/endpoint_trial.h"

#include "app/cli/output.h"
#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/base/loopback.h"

#include <QUrl>

namespace castdeck::cli {

namespace {

constexpr std::size_t maxShownBytes = 2'000;

remote::EndpointTarget targetFor(const AuthorizeTrial& trial, const std::string& url)
{
    remote::EndpointTarget target;
    target.url = url;
    const bool namesActor = http::find(trial.headers, "X-Actor-Id") != nullptr;
    if (!trial.actor.empty() && !namesActor)
        target.headers.push_back({"X-Actor-Id", trial.actor});
    target.headers.insert(target.headers.end(), trial.headers.begin(), trial.headers.end());
    return target;
}

std::string_view wordFor(http::Failure failure)
{
    switch (failure) {
    case http::Failure::None: break;
    case http::Failure::Unreachable: return "unreachable";
    case http::Failure::Timeout: return "timeout";
    case http::Failure::Tls: return "tls";
    case http::Failure::AnswerTooLarge: return "answer_too_large";
    default: return "bad_response";
    }
    return "";
}

} // namespace

Result<std::string> EndpointTrial::checkedUrl(const std::string& text, const AuthorizeTrial& trial)
{
    const QUrl url{QString::fromStdString(text), QUrl::StrictMode};
    const QString scheme = url.scheme();
    const bool isHttp = scheme == QLatin1String{"http"} || scheme == QLatin1String{"https"};
    if (!url.isValid() || !isHttp || url.host().isEmpty())
        return Error{ErrorKind::InvalidInput,
                     "--url must be an address such as http://127.0.0.1:8000/broadcasting/auth"};
    if (!trial.actor.empty() && !isLoopbackHost(url.host().toStdString()))
        return Error{ErrorKind::InvalidInput,
                     "--actor is sent as X-Actor-Id to this machine only; let --header say who "
                     "asks, with the session or the token that the application knows"};
    if (trial.channels.size() > 1)
        return Error{ErrorKind::InvalidInput, "an endpoint is asked for one channel at a time"};
    return text;
}

EndpointTrial::EndpointTrial(const AuthorizeTrial& trial, const std::string& url,
                             const std::vector<remote::KnownApp>& apps, const QList<QSslCertificate>& trusted,
                             std::function<void(int)> finish)
    : m_trial{trial}
    , m_mask{trial.secrets()}
    , m_finish{std::move(finish)}
{
    const remote::EndpointQuestion question{trial.channels.empty() ? "" : trial.channels.front(), trial.socketId};
    m_probe.run(targetFor(trial, url), question,
                {.apps = apps, .server = {}, .trusted = trusted, .makesSocketId = false}, {},
                [this](const remote::EndpointTrial& outcome) { receive(outcome); });
}

void EndpointTrial::receive(const remote::EndpointTrial& outcome)
{
    const bool isAllowed = outcome.report.outcome() == remote::EndpointOutcome::Allowed;
    if (outcome.failure != http::Failure::None)
        say("tried " + visible(outcome.address));
    if (m_trial.isJson)
        printJson(outcome, isAllowed);
    else
        printWords(outcome, isAllowed);
    if (!isAllowed && !m_trial.actor.empty() && outcome.httpStatus > 0)
        say("Castdeck's own server takes --actor only while identity.trust_header is on");
    m_finish(isAllowed ? exitDone : exitFailed);
}

/// What the application said, bounded and without what the request held.
std::string EndpointTrial::shown(const std::string& text) const
{
    const std::string masked = m_mask.apply(text);
    if (masked.size() <= maxShownBytes)
        return masked;
    return (isValidUtf8(masked) ? std::string{leading(masked, maxShownBytes)} : masked.substr(0, maxShownBytes)) + "…";
}

void EndpointTrial::printWords(const remote::EndpointTrial& outcome, bool isAllowed) const
{
    const auto line = [](std::string_view name, const std::string& text) {
        printLine(std::string{name} + ": " + visible(text));
    };
    line(isAllowed ? "allowed" : "refused", m_trial.subject());
    if (outcome.httpStatus > 0) {
        line("http status", std::to_string(outcome.httpStatus));
        line("answer", shown(outcome.answerBody));
        line("signature", std::string{toText(outcome.report.signature)});
    }
    if (const auto failed = outcome.report.firstFailed())
        line("check " + std::to_string(static_cast<int>(*failed) + 1) + " of 12",
             std::string{titleOf(*failed)} + ": failed");
    if (!outcome.report.detail.text.empty() && outcome.report.signature == remote::SignatureState::Wrong)
        line("string to sign", outcome.report.detail.text);
    line("explanation", m_mask.apply(outcome.report.explanation()));
}

void EndpointTrial::printJson(const remote::EndpointTrial& outcome, bool isAllowed) const
{
    const std::string body = shown(outcome.answerBody);
    std::string text = std::string{"{\"allowed\":"} + (isAllowed ? "true" : "false") +
                       ",\"url\":" + json::toString(outcome.address) +
                       ",\"http_status\":" + std::to_string(outcome.httpStatus);
    if (outcome.failure != http::Failure::None)
        text += ",\"failure\":\"" + std::string{wordFor(outcome.failure)} + "\"";
    text += ",\"body\":" + json::toString(isValidUtf8(body) ? body : visible(body)) + ",\"signature\":\"" +
            std::string{toText(outcome.report.signature)} +
            "\",\"explanation\":" + json::toString(m_mask.apply(outcome.report.explanation())) +
            ",\"checks\":" + m_mask.apply(checksJson(outcome.report));
    printLine(text + "}");
}

} // namespace castdeck::cli
