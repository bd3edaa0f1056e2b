#include "core/base/json.h"
#include "core/remote/endpoint_probe.h"

#include <algorithm>
#include <cstdio>

namespace castdeck::remote {

namespace {

std::string milliseconds(std::chrono::microseconds time)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", static_cast<double>(time.count()) / 1'000.0);
    return text;
}

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

/// Enough to compare, too little to join with.
std::string shortened(const std::string& signature)
{
    constexpr std::size_t shown = 8;
    return signature.size() <= 2 * shown
               ? signature
               : signature.substr(0, shown) + "…" + signature.substr(signature.size() - shown);
}

} // namespace

std::string reportText(const EndpointTrial& trial)
{
    const EndpointReport& report = trial.report;
    std::string text = "Authorization of " + (trial.question.channel.empty() ? "a user" : trial.question.channel) +
                       (trial.askedBy.empty() ? "" : " as " + trial.askedBy) +
                       "\nEndpoint: " + (trial.address.empty() ? "built in" : trial.address) +
                       "\nResult: " + std::string{wordFor(report.outcome())} + ". " + report.explanation() + "\n\n";
    for (std::size_t i = 0; i < checkCount; ++i) {
        const CheckResult& check = report.checks[i];
        text += (i < 9 ? " " : "") + std::to_string(i + 1) + " " +
                padded(std::string{titleOf(static_cast<Check>(i))}, 20) + padded(std::string{wordFor(check.mark)}, 12) +
                check.sentence + "\n";
    }
    if (const SignatureDetail& detail = report.detail; !detail.text.empty()) {
        text += "\nString to sign: " + detail.text + "\n";
        if (!detail.signedText.empty())
            text += "Signed instead: " + detail.signedText + "\n";
        if (detail.firstDifference)
            text += "Expected: " + shortened(detail.expected) + "\nReceived: " + shortened(detail.received) +
                    "\nFirst difference at character " + std::to_string(*detail.firstDifference + 1) + "\n";
    }
    return text + "\n" + trial.request + "\n\n" + trial.answerHead;
}

std::string checksJson(const EndpointReport& report)
{
    std::string text;
    for (std::size_t i = 0; i < checkCount; ++i) {
        const CheckResult& check = report.checks[i];
        text += (text.empty() ? "" : ",") + std::string{"{\"number\":"} + std::to_string(i + 1) + ",\"check\":\"" +
                std::string{toText(static_cast<Check>(i))} + "\",\"result\":\"" + std::string{wordFor(check.mark)} +
                "\",\"ms\":" + milliseconds(check.time) + ",\"text\":" + json::toString(check.sentence) +
                ",\"next\":" + json::toString(check.nextStep) + "}";
    }
    return "[" + text + "]";
}

} // namespace castdeck::remote
