#pragma once

#include "core/remote/endpoint_checks.h"
#include "core/remote/endpoint_request.h"
#include "core/remote/http_client.h"
#include "core/remote/pusher_client.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace castdeck::remote {

/// One request to an authorization endpoint and all that it tells.
struct EndpointTrial {
    EndpointReport report;
    EndpointQuestion question; ///< With the socket id that was used.
    std::string askedBy;       ///< For people; as given.
    std::string address;       ///< "http://127.0.0.1:8000/broadcasting/auth"; empty: built in.
    int httpStatus = 0;
    http::Failure failure = http::Failure::None;
    std::chrono::microseconds time{0}; ///< Of the whole.

    // For people: none of these holds a secret.
    std::string request;
    std::string answerHead;
    std::string answerBody;
};

/// All of a trial as text to be sent to somebody: holds no secret, and signatures only in part.
std::string reportText(const EndpointTrial& trial);
/// The twelve checks as a JSON list.
std::string checksJson(const EndpointReport& report);

struct ProbeOptions {
    std::vector<KnownApp> apps; ///< As for judge().
    QUrl server;                ///< PusherEndpoint::socketUrl(); empty: no subscription is tried.
    QList<QSslCertificate> trusted{};
    std::vector<std::string> socketIds{}; ///< Of other clients, to guess with.
    std::chrono::milliseconds serverPatience{2'000};
    bool makesSocketId = true; ///< One is made up when there is none.
    bool asksTwice = true;     ///< Once more with another socket id, when a wrong signature finds no other explanation.
};

/// Asks an authorization endpoint as a client library does and makes the twelve checks. With a server it first gets
/// itself a socket there, and at the end subscribes with the answer.
///
/// Thread: the one it lives in, which needs a Qt event loop. Ownership: deleting it ends everything; `done` is not
/// called then.
class EndpointProbe : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const EndpointTrial&)>;
    /// Answers in place of a URL, at once or later.
    using BuiltIn = std::function<void(const EndpointQuestion&, std::function<void(EndpointReply)>)>;

    explicit EndpointProbe(QObject* parent = nullptr);
    ~EndpointProbe() override;

    /// Calls `done` once, never before it returns; what was under way before is cancelled. An empty socket id: that of
    /// the server, else one made up.
    void run(EndpointTarget target, EndpointQuestion question, ProbeOptions options, BuiltIn builtIn, Done done);
    void cancel();
    bool isRunning() const noexcept { return m_isRunning; }

private:
    void getSocket();
    void ask();
    void loadCsrfPage();
    void sendQuestion();
    void receive(const EndpointReply& reply);
    void askAgain();
    void subscribe();
    void finishSubscription(CheckMark mark, std::string sentence, std::string nextStep = {});
    void finish();
    void endStep();
    void maskReport();

    EndpointTarget m_target;
    ProbeOptions m_options;
    BuiltIn m_builtIn;
    Done m_done;
    EndpointTrial m_trial;
    ChannelAuth m_auth;
    std::string m_serverProblem;
    bool m_isRunning = false;
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceStep;
    QTimer m_patience;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<PusherClient> m_client;
};

} // namespace castdeck::remote
