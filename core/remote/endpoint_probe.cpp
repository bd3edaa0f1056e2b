#include "core/remote/endpoint_probe.h"

#include "core/broadcast/secret_mask.h"
#include "core/pusher/socket_id.h"

#include <QPointer>

namespace castdeck::remote {

namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::nanoseconds;

microseconds elapsed(const QElapsedTimer& timer)
{
    return duration_cast<microseconds>(nanoseconds{timer.nsecsElapsed()});
}

} // namespace

EndpointProbe::EndpointProbe(QObject* parent) : QObject{parent}
{
    m_patience.setSingleShot(true);
}

EndpointProbe::~EndpointProbe() = default;

void EndpointProbe::run(EndpointTarget target, EndpointQuestion question, ProbeOptions options, BuiltIn builtIn,
                        Done done)
{
    if (m_isRunning)
        cancel();
    m_target = std::move(target);
    m_options = std::move(options);
    m_builtIn = std::move(builtIn);
    m_done = std::move(done);
    m_trial = {};
    m_trial.question = std::move(question);
    m_trial.address = shownAddress(m_target.url);
    m_auth = {};
    m_serverProblem.clear();
    m_isRunning = true;
    m_sinceStart.start();
    QTimer::singleShot(0, this, [this] {
        if (!checkName(m_trial.question, m_trial.report))
            finish();
        else if (m_options.server.isEmpty() || !m_trial.question.socketId.empty())
            ask();
        else
            getSocket();
    });
}

void EndpointProbe::cancel()
{
    endStep();
    if (m_http)
        m_http.release()->deleteLater();
}

void EndpointProbe::endStep()
{
    m_isRunning = false;
    m_patience.stop();
    m_patience.disconnect();
    if (!m_client)
        return;
    m_client->disconnect(this);
    m_client.release()->deleteLater(); // Not at once: this may be called by what it is doing.
}

void EndpointProbe::getSocket()
{
    const auto authorize = [this](const std::string&, const std::string&,
                                  const std::function<void(Result<ChannelAuth>)>& done) { done(m_auth); };
    m_client = std::make_unique<PusherClient>(ClientOptions{
        .url = m_options.server, .authorizeChannel = authorize, .authorizeUser = {}, .trusted = m_options.trusted});
    const auto goOn = [this](const std::string& problem) {
        if (!m_patience.isActive())
            return; // Past that step.
        m_patience.stop();
        m_serverProblem = problem;
        if (problem.empty())
            m_trial.question.socketId = m_client->socketId();
        ask();
    };
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_serverProblem = "the server does not answer";
        ask();
    });
    connect(m_client.get(), &PusherClient::stateChanged, this, [goOn](PusherClient::State state) {
        if (state == PusherClient::State::Connected)
            goOn({});
    });
    connect(m_client.get(), &PusherClient::connectionLost, this, [goOn](int code, const QString& reason) {
        goOn("the server closed the connection (" + std::to_string(code) + " " + reason.toStdString() + ")");
    });
    m_patience.start(m_options.serverPatience);
    m_client->connectToServer();
}

void EndpointProbe::ask()
{
    if (m_trial.question.socketId.empty() && m_options.makesSocketId)
        m_trial.question.socketId = pusher::SocketId::random().text();
    if (!m_http)
        m_http = std::make_unique<HttpClient>();
    m_http->trust(m_options.trusted);
    if (m_target.csrfPage.empty() || m_target.url.empty())
        sendQuestion();
    else
        loadCsrfPage();
}

void EndpointProbe::loadCsrfPage()
{
    http::OutgoingRequest page{.method = "GET",
                               .url = m_target.csrfPage,
                               .headers = {{"Accept", "text/html,application/json"}},
                               .body = {},
                               .timeout = m_target.timeout};
    if (const std::string* const cookie = http::find(m_target.headers, "Cookie"))
        page.headers.push_back({"Cookie", *cookie});
    m_http->send(page, this, [this](const http::Answer& answer) {
        addCsrf(m_target, answer);
        sendQuestion();
    });
}

void EndpointProbe::sendQuestion()
{
    m_sinceStep.start();
    const http::OutgoingRequest request = requestFor(m_target, m_trial.question);
    m_trial.request = shownRequest(request, secretsOf(m_target, m_options.apps));
    if (m_target.url.empty()) {
        m_trial.request = m_trial.request.substr(m_trial.request.find('\n') + 1);
        m_trial.request = m_target.method + " (the built-in endpoint)\n" + m_trial.request;
        const QPointer<EndpointProbe> self{this};
        m_builtIn(m_trial.question, [self](const EndpointReply& reply) {
            if (self && self->m_isRunning)
                self->receive(reply);
        });
        return;
    }
    m_http->send(request, this, [this](const http::Answer& answer) { receive({answer, {}}); });
}

void EndpointProbe::receive(const EndpointReply& reply)
{
    const microseconds taken = elapsed(m_sinceStep);
    m_sinceStep.start();
    m_trial.report = judge(m_trial.question, reply, m_options.apps, m_options.socketIds);
    m_trial.report.at(Check::Reachable).time = taken;
    if (CheckResult& tls = m_trial.report.at(Check::Tls);
        tls.mark == CheckMark::Passed && m_target.url.starts_with("http://"))
        tls = {.mark = CheckMark::NotNeeded,
               .time = tls.time,
               .sentence = "The address begins with http://: nothing is encrypted.",
               .nextStep = {}};
    if (CheckResult& signature = m_trial.report.at(Check::Signature); signature.mark != CheckMark::NotReached)
        signature.time = elapsed(m_sinceStep);
    m_trial.httpStatus = reply.answer.status;
    m_trial.failure = reply.answer.failure;
    const std::vector<std::string> secrets = secretsOf(m_target, m_options.apps);
    m_trial.answerHead = shownHead(reply.answer, secrets);
    m_trial.answerBody = shownBody(reply.answer, secrets);
    m_auth = {.auth = authOf(reply.answer), .channelData = channelDataOf(reply.answer)};
    const bool isUnexplained = m_trial.report.firstFailed() == Check::Signature && m_trial.report.detail.guess.empty();
    if (isUnexplained && m_options.asksTwice && !m_target.url.empty())
        askAgain();
    else if (m_trial.report.firstFailed())
        finish();
    else
        subscribe();
}

/// An endpoint that signs a socket id of its own gives the same signature again.
void EndpointProbe::askAgain()
{
    EndpointQuestion again = m_trial.question;
    again.socketId = pusher::SocketId::random().text();
    m_http->send(requestFor(m_target, again), this, [this, again](const http::Answer& answer) {
        const bool isSame = answer.status == 200 && authOf(answer) == m_auth.auth;
        SignatureDetail& detail = m_trial.report.detail;
        detail.guess = isSame ? "it is for another socket: asked again with another socket_id, the endpoint gave the "
                                "same signature, so it does not sign the one it is given (or another secret made it "
                                "once and for all)."
                              : "another secret made it: none that is known here gives it, and it changes with the "
                                "socket_id as it should.";
        m_trial.report.at(Check::Signature).sentence = "The signature is not right: " + detail.guess;
        m_trial.report.at(Check::Signature).nextStep =
            isSame ? "Let the endpoint sign the socket_id of the request, not one it has kept."
                   : "Give the endpoint the secret of this application, and clear its cached configuration.";
        finish();
    });
}

void EndpointProbe::subscribe()
{
    m_sinceStep.start();
    if (m_trial.question.channel.empty())
        return finishSubscription(CheckMark::NotNeeded, "User authentication subscribes to nothing.");
    if (!m_client || !m_serverProblem.empty()) {
        const std::string why = m_options.server.isEmpty() ? "no live server is known"
                                : m_client                 ? m_serverProblem
                                                           : "the socket id is not of a client of ours";
        return finishSubscription(CheckMark::Unchecked, "Not tried, because " + why + ".");
    }
    m_client->disconnect(this);
    connect(m_client.get(), &PusherClient::connectionLost, this, [this](int code, const QString& reason) {
        finishSubscription(CheckMark::Failed,
                           "The server closed the connection (" + std::to_string(code) + " " + reason.toStdString() +
                               ").",
                           "Read what the server's log says about this moment.");
    });
    connect(m_client.get(), &PusherClient::subscribed, this, [this](const QString&) {
        finishSubscription(CheckMark::Passed, "The server accepted the subscription, which has ended again.");
    });
    connect(m_client.get(), &PusherClient::subscriptionFailed, this, [this](const QString&, const QString& reason) {
        finishSubscription(CheckMark::Failed, "The server refused: " + reason.toStdString(),
                           "See that the server and the endpoint use key and secret of the same application.");
    });
    m_patience.disconnect();
    connect(&m_patience, &QTimer::timeout, this, [this] {
        finishSubscription(CheckMark::Failed, "The server gave no answer to the subscription.",
                           "See whether the server is busy.");
    });
    m_patience.start(m_options.serverPatience);
    m_client->subscribe(m_trial.question.channel);
}

void EndpointProbe::finishSubscription(CheckMark mark, std::string sentence, std::string nextStep)
{
    m_patience.stop();
    m_trial.report.at(Check::Subscription) = {
        .mark = mark, .time = elapsed(m_sinceStep), .sentence = std::move(sentence), .nextStep = std::move(nextStep)};
    finish();
}

void EndpointProbe::finish()
{
    m_trial.time = elapsed(m_sinceStart);
    maskReport();
    const Done done = std::move(m_done);
    const EndpointTrial trial = std::move(m_trial);
    endStep();
    done(trial);
}

void EndpointProbe::maskReport()
{
    constexpr std::size_t maxSentenceBytes = 1'000;
    const broadcast::SecretMask mask{secretsOf(m_target, m_options.apps)};
    for (CheckResult& check : m_trial.report.checks) {
        check.sentence = mask.line(std::move(check.sentence), maxSentenceBytes);
        check.nextStep = mask.line(std::move(check.nextStep), maxSentenceBytes);
    }
    SignatureDetail& detail = m_trial.report.detail;
    for (std::string* text : {&detail.text, &detail.signedText, &detail.guess})
        *text = mask.apply(std::move(*text));
}

} // namespace castdeck::remote
