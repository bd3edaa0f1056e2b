#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/pusher/channel_name.h"
#include "core/remote/endpoint_checks.h"
#include "core/remote/endpoint_signature.h"

#include <algorithm>

namespace castdeck::remote {

namespace {

using namespace std::string_literals;

constexpr std::size_t maxUserIdCharacters = 128;
constexpr std::size_t maxUserInfoBytes = 1'024;
constexpr std::size_t maxQuotedBytes = 80;

/// Foreign text in a sentence: in quotes, one line, not long, and valid UTF-8.
std::string quoted(std::string_view text)
{
    std::string line = isValidUtf8(text) ? std::string{leading(text, maxQuotedBytes)} : "(no UTF-8)"s;
    std::ranges::replace_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return "\"" + line + (isValidUtf8(text) && text.size() > line.size() ? "…" : "") + "\"";
}

/// What the application says in its own words, as Laravel and others do; empty when it says nothing.
std::string wordsOf(const http::Answer& answer)
{
    const auto body = json::Value::parse(answer.body);
    const auto message = body && body->is(json::Kind::Object) ? body->find("message") : std::nullopt;
    return message && message->is(json::Kind::String) ? ", " + quoted(message->text()) : std::string{};
}

/// Where a redirect leads, without what may carry a session.
std::string targetOf(const http::Answer& answer)
{
    const std::string* const location = http::find(answer.headers, "Location");
    if (location == nullptr || !isValidUtf8(*location))
        return "somewhere else";
    const std::size_t authority = location->find("//");
    std::string target = location->substr(0, location->find_first_of("?#"));
    if (const std::size_t at = target.find('@'); authority != std::string::npos && at != std::string::npos)
        target.erase(authority + 2, at - authority - 1);
    return target;
}

bool looksLikeHtml(const http::Answer& answer)
{
    const std::string* const type = http::find(answer.headers, "Content-Type");
    const std::string start = toLower(std::string_view{answer.body}.substr(0, 512));
    return (type != nullptr && toLower(*type).starts_with("text/html")) ||
           start.find("<!doctype html") != std::string::npos || start.find("<html") != std::string::npos;
}

bool looksLikeLogin(const http::Answer& answer)
{
    const std::string body = toLower(answer.body);
    return body.find("type=\"password\"") != std::string::npos || body.find("login") != std::string::npos ||
           body.find("sign in") != std::string::npos;
}

/// One answer on its way through the checks. Each step says whether the next one makes sense.
class Judge {
public:
    Judge(const EndpointQuestion& question, const EndpointReply& reply, const std::vector<KnownApp>& apps,
          const std::vector<std::string>& socketIds)
        : m_question{question}
        , m_reply{reply}
        , m_answer{reply.answer}
        , m_apps{apps}
        , m_socketIds{socketIds}
        , m_name{pusher::ChannelName::parse(question.channel)}
    {
    }

    EndpointReport take()
    {
        if (checkName(m_question, m_report) && arrived() && wasNoRedirect() && hadStatus200() && wasJson() && hadAuth())
            checkAuth();
        return std::move(m_report);
    }

private:
    CheckResult& set(Check check, CheckMark mark, std::string sentence, std::string nextStep = {})
    {
        CheckResult& result = m_report.at(check);
        result.mark = mark;
        result.sentence = std::move(sentence);
        result.nextStep = std::move(nextStep);
        return result;
    }
    bool pass(Check check, std::string sentence)
    {
        set(check, CheckMark::Passed, std::move(sentence));
        return true;
    }
    bool fail(Check check, std::string sentence, std::string nextStep)
    {
        set(check, CheckMark::Failed, std::move(sentence), std::move(nextStep));
        return false;
    }

    bool isUserQuestion() const { return m_question.channel.empty(); }
    bool isPresence() const { return m_name && m_name->isPresence(); }

    bool arrived();
    bool wasNoRedirect();
    bool hadStatus200();
    bool failedStatus(int status);
    bool wasJson();
    bool hadAuth();
    bool hadSecretOrUser();
    void checkAuth();
    bool checkForm(const std::string& auth);
    bool checkKey(const std::string& key);
    bool checkSignature(const std::string& hex);
    void checkChannelData();
    std::string memberProblem(const std::string& channelData) const;
    std::optional<json::Value> member(std::string_view name) const
    {
        return m_body ? m_body->find(name) : std::nullopt;
    }
    std::optional<std::string> textMember(std::string_view name) const
    {
        const auto value = member(name);
        return value && value->is(json::Kind::String) ? std::optional{value->text()} : std::nullopt;
    }

    const EndpointQuestion& m_question;
    const EndpointReply& m_reply;
    const http::Answer& m_answer;
    const std::vector<KnownApp>& m_apps;
    const std::vector<std::string>& m_socketIds;
    const Result<pusher::ChannelName> m_name;
    std::optional<json::Value> m_body;
    EndpointReport m_report;
};

bool Judge::arrived()
{
    switch (m_answer.failure) {
    case http::Failure::Timeout:
        return fail(Check::Reachable, "The application gave no answer in time: " + m_answer.detail + ".",
                    "Is it busy, or stopped in a debugger?");
    case http::Failure::Unreachable:
        return fail(Check::Reachable, "Nothing can be reached there (" + m_answer.detail + ").",
                    "See that the address and the port are right; is the application running?");
    case http::Failure::Tls:
        pass(Check::Reachable, "Something listens there.");
        return fail(Check::Tls, "There is no trusted TLS connection (" + m_answer.detail + ").",
                    "Trust the certificate (--ca), or use http:// where the application has no TLS.");
    default: break;
    }
    if (!m_reply.explanation.empty()) {
        pass(Check::Reachable, "The endpoint is in this program.");
        set(Check::Tls, CheckMark::NotNeeded, "Nothing goes over a network.");
        return true;
    }
    return pass(Check::Reachable, "The endpoint answered.") && pass(Check::Tls, "Nothing to object to.");
}

bool Judge::wasNoRedirect()
{
    if (m_answer.status < 300 || m_answer.status >= 400)
        return pass(Check::Redirect, "The endpoint answered itself.");
    return fail(Check::Redirect,
                "The application redirects to " + targetOf(m_answer) +
                    ", which clients do not follow; it usually means that nobody is logged in.",
                "Send the session's cookie or token with the request.");
}

bool Judge::hadStatus200()
{
    if (m_answer.failure == http::Failure::AnswerTooLarge) {
        pass(Check::Status, "HTTP " + std::to_string(m_answer.status) + ".");
        return fail(Check::Json, "The answer is very large, which is a page and no authorization.",
                    "Is the path right?");
    }
    if (m_answer.status == 200)
        return pass(Check::Status, "HTTP 200.");
    return failedStatus(m_answer.status);
}

bool Judge::failedStatus(int status)
{
    m_report.isDenial = status == 401 || status == 403;
    const std::string http = "HTTP " + std::to_string(status);
    if (!m_reply.explanation.empty())
        return fail(Check::Status, http + ": " + m_reply.explanation + ".",
                    m_report.isDenial ? "Ask as somebody else, or change the rule that decides." : "");
    if (status == 419)
        return fail(Check::Status, "HTTP 419: the CSRF protection of the application refused.",
                    "Take this path out of it, or send its token as X-CSRF-TOKEN together with its cookie.");
    if (status == 401 || status == 403)
        return fail(Check::Status,
                    "The application refused (" + http + wordsOf(m_answer) +
                        "): nobody is logged in there, or may not use this channel.",
                    "Send the session's cookie or token with the request, and look at the rule for this channel in "
                    "the application.");
    if (status == 404)
        return fail(Check::Status, "HTTP 404: nothing answers at this path, or the application hides it.",
                    "Compare the path with the routes of the application.");
    if (status == 405)
        return fail(Check::Status, "HTTP 405: this path takes no POST, which is what clients send.",
                    "Let the route accept POST, or choose the method that your client is set to.");
    if (status == 400 || status == 422)
        return fail(
            Check::Status, http + ": the application did not understand the request.",
            "A client always sends socket_id (--socket) and channel_name; see what else the application wants.");
    if (status >= 500)
        return fail(Check::Status, http + ": the application failed; its own log says why.",
                    "Read the log of the application at this moment.");
    return fail(Check::Status, "The application answered " + http + ", and clients take only 200 as a yes.",
                "Answer with status 200 and the signature.");
}

bool Judge::wasJson()
{
    const auto body = json::Value::parse(m_answer.body);
    if (body && body->is(json::Kind::Object)) {
        m_body = *body;
        const std::string* const type = http::find(m_answer.headers, "Content-Type");
        const bool saysJson = type == nullptr || toLower(*type).find("json") != std::string::npos;
        return pass(Check::Json, saysJson ? "A JSON object."
                                          : "A JSON object, though its type says " + quoted(*type) +
                                                "; client libraries do not mind.");
    }
    const std::string parse = "clients report a parse failure where they should report a refusal.";
    if (looksLikeHtml(m_answer))
        return fail(Check::Json,
                    "The answer is HTTP 200 and an HTML page"s +
                        (looksLikeLogin(m_answer) ? ", maybe of a login" : "") + ", no JSON object: " + parse,
                    "See that the path leads to the authorization route, and that the session is sent.");
    return fail(Check::Json, "The answer is HTTP 200 and no JSON object: " + parse,
                R"(Answer with {"auth": "KEY:SIGNATURE"}, or with 403 to refuse.)");
}

bool Judge::hadAuth()
{
    const auto auth = member("auth");
    const bool needsNone = !isUserQuestion() && (m_question.socketId.empty() || !m_name->needsAuth());
    if (!auth && needsNone) {
        m_report.isUnsigned = true;
        for (const Check check :
             {Check::AuthPresent, Check::AuthForm, Check::Key, Check::Signature, Check::ChannelData})
            set(check, CheckMark::NotNeeded, "This answer needs no signature.");
        return false;
    }
    if (!auth || !auth->is(json::Kind::String))
        return fail(Check::AuthPresent,
                    auth ? "The \"auth\" of the answer is no text."
                         : "The answer has no \"auth\", so the client reports "
                           "an error in place of getting in.",
                    "Answer with what the server library of your framework makes for socket_id and channel_name.");
    return hadSecretOrUser() && pass(Check::AuthPresent, "The answer has it.");
}

/// What must come beside "auth".
bool Judge::hadSecretOrUser()
{
    if (isUserQuestion()) {
        const std::string userData = textMember("user_data").value_or("");
        const auto object = json::Value::parse(userData);
        if (object && object->is(json::Kind::Object) && object->find("id"))
            return true;
        return fail(Check::AuthPresent,
                    "The answer has no \"user_data\" that is JSON text with an id, so the client cannot sign in.",
                    "Answer with user_data as well: JSON text with at least an id.");
    }
    if (!m_name->isEncrypted() || textMember("shared_secret"))
        return true;
    m_report.signature = SignatureState::Unchecked;
    return fail(Check::AuthPresent,
                "An encrypted channel needs \"shared_secret\" in the answer, or nobody can read its events.",
                "Give the endpoint's library the encryption master key.");
}

void Judge::checkAuth()
{
    const std::string auth = *textMember("auth");
    if (!checkForm(auth))
        return;
    const std::size_t colon = auth.find(':');
    if (checkKey(auth.substr(0, colon)) && checkSignature(auth.substr(colon + 1)))
        checkChannelData();
}

bool Judge::checkForm(const std::string& auth)
{
    const std::size_t colon = auth.find(':');
    const std::string hex = colon == std::string::npos ? std::string{} : auth.substr(colon + 1);
    const bool isHex = !hex.empty() && std::ranges::all_of(hex, [](char c) { return hexValue(c) >= 0; });
    if (colon != 0 && colon != std::string::npos && isHex && hex.size() == 64 && toLower(hex) == hex)
        return pass(Check::AuthForm, "KEY:SIGNATURE, with 64 hexadecimal digits.");
    m_report.signature = SignatureState::Wrong;
    std::string next =
        "Answer with the application's key, a colon, and the HMAC-SHA256 as 64 lower-case hexadecimal digits.";
    if (isHex && hex.size() == 64)
        return fail(Check::AuthForm, "\"auth\" is not of the form KEY:SIGNATURE: the digits are upper-case.",
                    "Write the digits in lower case.");
    if (isHex && hex.size() == 40)
        next = "40 digits are a SHA-1: use HMAC-SHA256. " + next;
    else if (isHex && hex.size() == 32)
        next = "32 digits are an MD5: use HMAC-SHA256. " + next;
    else if (hex.size() == 44 && hex.ends_with('='))
        next = "This is Base64: write the same bytes in hexadecimal. " + next;
    return fail(Check::AuthForm, "\"auth\" is not of the form KEY:SIGNATURE: it is " + quoted(auth) + ".", next);
}

bool Judge::checkKey(const std::string& key)
{
    if (m_apps.empty()) {
        set(Check::Key, CheckMark::Unchecked, "The key of the application is not known here.");
        return true;
    }
    if (key == m_apps.front().key)
        return pass(Check::Key, "It is the key of the application.");
    m_report.signature = SignatureState::Wrong;
    const auto other = std::ranges::find(m_apps, key, &KnownApp::key);
    return fail(Check::Key,
                "The answer is signed for the application with the key " + key +
                    (other != m_apps.end() ? ", which is " + quoted(other->name) : "") + ", and this one has the key " +
                    m_apps.front().key + ".",
                "Give the endpoint key and secret of the same application, and clear its cached configuration.");
}

bool Judge::checkSignature(const std::string& hex)
{
    m_report.signature = SignatureState::Unchecked;
    if (m_apps.empty()) {
        set(Check::Signature, CheckMark::Unchecked, "No secret is known here to check it with.");
        return true;
    }
    const auto channelData = member("channel_data");
    const SignedTexts texts = isUserQuestion() ? textsForUser(m_question.socketId, textMember("user_data").value_or(""))
                                               : textsForChannel(m_question, channelData, isPresence());
    m_report.detail = compareSignature(hex, m_question, texts, m_apps, m_socketIds);
    if (!m_report.detail.firstDifference) {
        m_report.signature = SignatureState::Right;
        return pass(Check::Signature, "It equals what the secret of the application gives.");
    }
    if (!texts.isCertain) {
        m_report.detail = {};
        set(Check::Signature, CheckMark::Unchecked,
            "What was signed is not known, because channel_data is "s + (channelData ? "no text." : "missing."));
        return true;
    }
    m_report.signature = SignatureState::Wrong;
    const std::string& guess = m_report.detail.guess;
    return fail(Check::Signature,
                "The signature is not right: " +
                    (guess.empty() ? "another secret made it, or it is for another socket or channel."s : guess),
                "Compare key and secret with those of the application, and see that the endpoint signs the very "
                "socket_id, channel_name and channel_data of this request.");
}

void Judge::checkChannelData()
{
    const auto data = member("channel_data");
    if (!data && !isPresence()) {
        set(Check::ChannelData, CheckMark::NotNeeded, "Only presence channels need it.");
        return;
    }
    const std::string next = "Answer with the very JSON text that was signed, as a string: "
                             R"("channel_data": "{\"user_id\":\"5\"}".)";
    if (!data) {
        fail(Check::ChannelData,
             "A presence channel needs \"channel_data\", JSON text with a user_id; without it clients stop with "
             "\"Invalid auth response\".",
             next);
        return;
    }
    if (!data->is(json::Kind::String)) {
        fail(Check::ChannelData,
             "\"channel_data\" is "s + (data->is(json::Kind::Object) ? "an object" : "no text") +
                 ", and clients send on only text: it must be a string that holds JSON.",
             next);
        return;
    }
    if (const std::string problem = memberProblem(data->text()); !problem.empty())
        fail(Check::ChannelData, problem, "Let the endpoint make user_id a short text, and user_info small.");
    else
        pass(Check::ChannelData, "It is text with a user_id.");
}

std::string Judge::memberProblem(const std::string& channelData) const
{
    const auto object = json::Value::parse(channelData);
    if (!object || !object->is(json::Kind::Object))
        return "\"channel_data\" is text, but no JSON object.";
    const auto id = object->find("user_id");
    if (!id)
        return isPresence() ? "\"channel_data\" has no user_id; clients stop with \"Invalid auth response\"." : "";
    if (!id->is(json::Kind::String))
        return "The user_id in channel_data is "s + (id->is(json::Kind::Number) ? "a number" : "no text") +
               ", and must be text: \"user_id\":\"5\".";
    if (id->text().empty() || characterCount(id->text()) > maxUserIdCharacters)
        return "The user_id in channel_data has " + std::to_string(characterCount(id->text())) +
               " characters; 1 to 128 are allowed.";
    const auto info = object->find("user_info");
    if (info && info->raw().size() > maxUserInfoBytes)
        return "The user_info in channel_data has " + std::to_string(info->raw().size()) +
               " bytes; up to 1,024 are allowed.";
    return {};
}

} // namespace

EndpointReport judge(const EndpointQuestion& question, const EndpointReply& reply, const std::vector<KnownApp>& apps,
                     const std::vector<std::string>& socketIds)
{
    return Judge{question, reply, apps, socketIds}.take();
}

} // namespace castdeck::remote
