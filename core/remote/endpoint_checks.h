#pragma once

#include "core/base/outgoing.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What an authorization endpoint's answer is worth to a client library, in twelve checks that are made in their order.
/// Source: Pusher docs, "Authorizing users" and "Authenticating users"; behaviour as pusher-js where they are silent.
namespace castdeck::remote {

/// An application whose signatures can be checked. Never shown: the secret.
struct KnownApp {
    std::string name; ///< For people.
    std::string key;
    std::string secret;
};

struct EndpointQuestion {
    std::string channel;  ///< Empty: who the sender is.
    std::string socketId; ///< Empty: no client asks, so nothing needs a signature.
};

/// What came back, from wherever.
struct EndpointReply {
    http::Answer answer;
    std::string explanation; ///< Why, when the built-in endpoint answered; one sentence. Else empty.
};

enum class Check : std::size_t {
    NeedsAuth,
    Reachable,
    Tls,
    Redirect,
    Status,
    Json,
    AuthPresent,
    AuthForm,
    Key,
    Signature,
    ChannelData,
    Subscription,
};

inline constexpr std::size_t checkCount = 12;

enum class CheckMark {
    NotReached, ///< One before it failed.
    Passed,
    NotNeeded,
    Unchecked, ///< Something to check it with is missing; the sentence says what.
    Failed,
};

struct CheckResult {
    CheckMark mark = CheckMark::NotReached;
    std::chrono::microseconds time{0};
    std::string sentence; ///< What was found. Valid UTF-8.
    std::string nextStep; ///< What to do about it; empty when nothing.
};

/// "Reachable"
std::string_view titleOf(Check check);
/// "reachable", for programs.
std::string_view toText(Check check);
/// "passed"
std::string_view wordFor(CheckMark mark);

enum class SignatureState {
    None,      ///< The answer has none.
    Unchecked, ///< There is no secret to check it with, or the text that was signed is not known.
    Right,
    Wrong,
};

/// "right"
std::string_view toText(SignatureState state);

/// How a signature was checked.
struct SignatureDetail {
    std::string text;                           ///< What is signed, "socket:channel"; empty when it was not checked.
    std::string expected;                       ///< 64 hexadecimal digits.
    std::string received;                       ///< The part after the colon.
    std::optional<std::size_t> firstDifference; ///< Of expected and received; nothing when they are equal.
    std::string guess;                          ///< What went wrong, found by trying; empty when nothing fits.
    std::string signedText; ///< What the endpoint signed in place of `text`, when that was found out.
};

enum class EndpointOutcome {
    Allowed, ///< A client gets in with this answer.
    Denied,  ///< The endpoint said no, in a form that clients understand.
    Error,   ///< Anything else.
};

/// "Allow", "Deny", "Error"
std::string_view wordFor(EndpointOutcome outcome);

struct EndpointReport {
    std::array<CheckResult, checkCount> checks;
    SignatureState signature = SignatureState::None;
    SignatureDetail detail;

    CheckResult& at(Check check) { return checks[static_cast<std::size_t>(check)]; }
    const CheckResult& at(Check check) const { return checks[static_cast<std::size_t>(check)]; }
    std::optional<Check> firstFailed() const;
    EndpointOutcome outcome() const;
    /// Of the first check that failed, with its next step; else that it is allowed.
    std::string explanation() const;

    bool isDenial = false;   ///< 401 or 403.
    bool isUnsigned = false; ///< Allowed, and there was nothing to sign.
};

/// Check 1. False when the name is none, so that nothing should be asked.
bool checkName(const EndpointQuestion& question, EndpointReport& report);

/// Checks 1 to 11. The first of `apps` is the one whose clients ask; the others serve to guess. None: signatures stay
/// unchecked. `socketIds` are of other clients, to guess with as well.
EndpointReport judge(const EndpointQuestion& question, const EndpointReply& reply, const std::vector<KnownApp>& apps,
                     const std::vector<std::string>& socketIds = {});

/// The "auth" of an answer; empty when there is none.
std::string authOf(const http::Answer& answer);
/// The channel_data of an answer when it is text.
std::optional<std::string> channelDataOf(const http::Answer& answer);

} // namespace castdeck::remote
