#pragma once

#include "core/remote/certificate.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace castdeck::remote {

/// What the connection doctor looks at, in this order.
enum class DoctorStep : std::uint8_t { Name, Port, Tls, Http, Path, Socket, Protocol, Signature, Echo };
inline constexpr std::size_t doctorStepCount = static_cast<std::size_t>(DoctorStep::Echo) + 1;

enum class DoctorFault : std::uint8_t {
    None,
    // Name
    UnknownName,
    NameTimeout,
    // Port
    PortRefused,
    PortUnreachable,
    PortTimeout,
    // Tls
    UntrustedCertificate,
    PlainOnTlsPort, ///< The port speaks plain HTTP, or another protocol without TLS.
    TlsFailed,
    TlsTimeout,
    // Http
    TlsOnPlainPort,
    ForeignPage, ///< A web page answers: a proxy, a login, another application.
    Redirected,
    GatewayDown, ///< A proxy answers for a server that does not.
    NoHttp,
    HttpTimeout,
    // Path
    WrongPath,
    // Socket
    UnknownKey,
    AppDisabled,
    OverQuota,
    ServerFull,
    TlsRequired,
    SocketRefused, ///< Another close code or HTTP status.
    NoGreeting,
    // Protocol
    ProtocolRefused,
    OriginRefused,
    // Signature
    WrongSecret,
    ClockOff,
    UnknownApp,
    RequestRefused,
    // Echo
    SubscriptionRefused,
    EventRefused,
    EventLost,
};

enum class DoctorOutcome : std::uint8_t { Passed, Skipped, Failed };

/// What came of one step. A plain value.
struct DoctorFinding {
    DoctorStep step = DoctorStep::Name;
    DoctorOutcome outcome = DoctorOutcome::Passed;
    DoctorFault fault = DoctorFault::None;
    std::chrono::milliseconds time{0};
    std::string said;                                 ///< What the other side or the system said, one line; no secret.
    int code = 0;                                     ///< HTTP status or close code; 0 for none.
    std::string remark;                               ///< An address, a version, a socket id.
    std::optional<CertificateFacts> certificate{};    ///< Of the step Tls.
    std::optional<std::chrono::seconds> clockAhead{}; ///< Of this machine's clock; negative when it is behind.
    std::optional<std::string> betterPath{};          ///< A prefix at which the server does answer.
};

} // namespace castdeck::remote
