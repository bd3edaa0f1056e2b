#include "app/cli/endpoint_trial.h"

#include "app/cli/output.h"
#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/base/loopback.h"

#include <QUrl>

#include <chrono>

namespace castdeck::cli {

namespace {

constexpr std::chrono::milliseconds patience{10'000};
constexpr std::size_t maxAnswerBytes = 65'536;
constexpr std::size_t maxShownBytes = 2'000;

std::string addressOf(const std::string& url)
{
    return QUrl{QString::fromStdString(url)}
        .toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment)
        .toStdString();
}

std::vector<std::string> secretsOf(const AuthorizeTrial& trial, const AuthorizeKeys& keys)
{
    std::vector<std::string> secrets = trial.secrets();
    secrets.push_back(keys.secret);
    return secrets;
}

http::OutgoingRequest requestFor(const AuthorizeTrial& trial, const std::string& url)
{
    http::OutgoingRequest request{
        .method = "POST",
        .url = url,
        .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}},
        .body = trial.form(),
        .timeout = patience,
        .maxAnswerBytes = maxAnswerBytes};
    if (!trial.actor.empty())
        request.headers.push_back({"X-Actor-Id", trial.actor});
    for (const http::Header& header : trial.headers) {
        std::erase_if(request.headers,
                      [&](const http::Header& own) { return equalsIgnoringCase(own.name, header.name); });
        request.headers.push_back(header);
    }
    return request;
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

/// Why nothing usable came back, and what to do next.
std::string sentenceFor(const http::Answer& answer)
{
    switch (answer.failure) {
    case http::Failure::Timeout:
        return "the application gave no answer within " +
               std::to_string(std::chrono::duration_cast<std::chrono::seconds>(patience).count()) +
               " s; is it busy, or stopped in a debugger?";
    case http::Failure::Tls:
        return "there is no trusted TLS connection (" + answer.detail +
               "); name the certificate with --ca, or use http:// where the application has no TLS";
    case http::Failure::AnswerTooLarge:
        return "the answer is larger than 64 KiB, which is a page and no authorization; is the path right?";
    case http::Failure::Unreachable:
        return "nothing can be reached there (" + answer.detail +
               "); is the application running at this address and port?";
    default: return "what answers there does not speak HTTP (" + answer.detail + "); is the port right?";
    }
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

EndpointTrial::EndpointTrial(const AuthorizeTrial& trial, const std::string& url, const AuthorizeKeys& keys,
                             const QList<QSslCertificate>& trusted, std::function<void(int)> finish)
    : m_trial{trial}
    , m_keys{keys}
    , m_address{addressOf(url)}
    , m_mask{secretsOf(trial, keys)}
    , m_finish{std::move(finish)}
{
    m_http.trust(trusted);
    m_http.send(requestFor(trial, url), this, [this](const http::Answer& answer) { receive(answer); });
}

void EndpointTrial::receive(const http::Answer& answer)
{
    EndpointVerdict verdict;
    if (answer.failure != http::Failure::None) {
        verdict.explanation = sentenceFor(answer);
        say("tried " + visible(m_address));
    } else {
        const EndpointQuestion question{m_trial.socketId, m_trial.channels.empty() ? "" : m_trial.channels.front()};
        verdict = verdictOn(answer, question, m_keys.signer ? &*m_keys.signer : nullptr);
    }
    verdict.explanation = m_mask.line(std::move(verdict.explanation));
    if (m_trial.isJson)
        printJson(answer, verdict);
    else
        printWords(answer, verdict);
    if (!verdict.isAllowed && !m_trial.actor.empty() && answer.status > 0)
        say("Castdeck's own server takes --actor only while identity.trust_header is on");
    m_finish(verdict.isAllowed ? exitDone : exitFailed);
}

/// What the application said, bounded and without what the request held.
std::string EndpointTrial::shown(const std::string& text) const
{
    const std::string masked = m_mask.apply(text);
    if (masked.size() <= maxShownBytes)
        return masked;
    return (isValidUtf8(masked) ? std::string{leading(masked, maxShownBytes)} : masked.substr(0, maxShownBytes)) + "…";
}

void EndpointTrial::printWords(const http::Answer& answer, const EndpointVerdict& verdict) const
{
    const auto line = [](std::string_view name, const std::string& text) {
        printLine(std::string{name} + ": " + visible(text));
    };
    line(verdict.isAllowed ? "allowed" : "refused", m_trial.subject());
    if (answer.status > 0) {
        line("http status", std::to_string(answer.status));
        line("answer", shown(answer.body));
        line("signature", std::string{toText(verdict.signature)});
    }
    line("explanation", verdict.explanation);
}

void EndpointTrial::printJson(const http::Answer& answer, const EndpointVerdict& verdict) const
{
    const std::string body = shown(answer.body);
    std::string text = std::string{"{\"allowed\":"} + (verdict.isAllowed ? "true" : "false") +
                       ",\"url\":" + json::toString(m_address) + ",\"http_status\":" + std::to_string(answer.status);
    if (answer.failure != http::Failure::None)
        text += ",\"failure\":\"" + std::string{wordFor(answer.failure)} + "\"";
    text += ",\"body\":" + json::toString(isValidUtf8(body) ? body : visible(body)) + ",\"signature\":\"" +
            std::string{toText(verdict.signature)} + "\",\"explanation\":" + json::toString(verdict.explanation);
    printLine(text + "}");
}

} // namespace castdeck::cli
