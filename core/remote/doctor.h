#pragma once

#include "core/base/clock.h"
#include "core/pusher/signature.h"
#include "core/remote/doctor_finding.h"
#include "core/remote/probe_connection.h"
#include "core/remote/pusher_endpoint.h"
#include "core/remote/pusher_socket.h"
#include "core/remote/server_message.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::remote {

struct DoctorOptions {
    PusherEndpoint endpoint;
    std::string pinnedCertificate{}; ///< The fingerprint of one that somebody decided to trust.
    std::string origin{};            ///< Told to the server when connecting; empty: none is.
    /// Sends one event to a channel of its own that nobody else knows, and waits for it.
    bool sendsEcho = true;
    const Clock* clock = nullptr;              ///< Null: the system's. Else it outlives the doctor.
    std::chrono::milliseconds patience{1'800}; ///< For one answer.
};

/// Finds out why a server cannot be used: nine steps, each on the shoulders of the one before, and the first that fails
/// ends it. Nothing changes on the server but that a channel with a random name is occupied for a moment.
///
/// Thread: the one it lives in, which needs a Qt event loop. Deleting it ends everything without a word.
class ConnectionDoctor : public QObject {
    Q_OBJECT
public:
    explicit ConnectionDoctor(DoctorOptions options, QObject* parent = nullptr);
    ~ConnectionDoctor() override;

    void start();

Q_SIGNALS:
    void stepStarted(castdeck::remote::DoctorStep step);
    void stepEnded(const castdeck::remote::DoctorFinding& finding);
    /// The last signal.
    void finished(bool isHealthy);

private:
    using Step = void (ConnectionDoctor::*)();

    void begin(DoctorStep step, Step run);
    void pass(std::string remark = {}, DoctorOutcome outcome = DoctorOutcome::Passed);
    void fail(DoctorFault fault, std::string said = {}, int code = 0);
    void failAtProtocol(DoctorFault fault, const std::string& said, int code);
    void runNext();

    void findName();
    void openPort();
    void portAnswered(ProbeFailure failure, const QString& text);
    void greetTls();
    void tlsAnswered(ProbeFailure failure, const QString& text);
    void tryWithoutTls(DoctorFault otherwise, const QString& text);
    void askHttp();
    void httpAnswered(ProbeFailure failure, const RawAnswer& answer);
    void tryWithTls(DoctorFault otherwise, const std::string& said);
    void checkPath();
    void tryPaths(std::vector<std::string> paths);
    void openSocket();
    void heard(const QString& text);
    void socketEnded(int code, const QString& reason);
    void askWhySocketFailed(const QString& reason);
    void checkProtocol();
    void askSigned();
    void signedAnswered(ProbeFailure failure, const RawAnswer& answer);
    void askEcho();
    void sendEvent();

    void noteClock(const RawAnswer& answer);
    bool isClockOff() const;
    std::string requestHead(const std::string& method, const std::string& path, const std::string& query) const;
    /// `path` without the endpoint's prefix.
    std::string signedRequest(const std::string& method, const std::string& path, const std::string& body) const;
    enum class Purpose {
        Step,
        Diagnosis, ///< Something has failed already, and took its time.
    };
    /// A connection of its own, TLS included, that makes one request.
    void askAnew(bool withTls, const std::string& request, Purpose purpose, ProbeConnection::Answered done);

    const DoctorOptions m_options;
    const SystemClock m_systemClock;
    const pusher::Signer m_signer;
    DoctorFinding m_finding;
    QElapsedTimer m_time;
    QTimer m_patience; ///< For the socket.
    bool m_isOver = false;
    std::unique_ptr<ProbeConnection> m_connection;
    std::unique_ptr<ProbeConnection> m_other;
    std::unique_ptr<PusherSocket> m_socket;
    RawAnswer m_answer; ///< Of the unsigned request.
    std::string m_socketId;
    ServerError m_refusal;
    std::string m_channel;
    std::optional<std::chrono::seconds> m_clockAhead;
    int m_lookup = -1;
};

} // namespace castdeck::remote
