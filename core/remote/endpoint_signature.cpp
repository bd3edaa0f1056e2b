#include "core/remote/endpoint_signature.h"

#include "core/base/ascii.h"
#include "core/pusher/channel_name.h"
#include "core/pusher/signature.h"

#include <algorithm>

namespace castdeck::remote {

namespace {

std::string sign(std::string_view secret, std::string_view text)
{
    return pusher::Signer{{}, secret}.sign(text);
}

/// Colons and commas followed by a blank, as some languages write JSON.
std::string spaced(std::string_view compact)
{
    std::string result;
    bool isInString = false;
    for (std::size_t i = 0; i < compact.size(); ++i) {
        result += compact[i];
        if (isInString && compact[i] == '\\' && i + 1 < compact.size())
            result += compact[++i];
        else if (compact[i] == '"')
            isInString = !isInString;
        else if (!isInString && (compact[i] == ':' || compact[i] == ','))
            result += ' ';
    }
    return result;
}

std::string replaced(std::string text, std::string_view what, std::string_view with)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

/// The same JSON as other programs would write it.
std::vector<std::string> rewritten(const std::string& json)
{
    if (!json::Value::parse(json))
        return {};
    const std::string compact = json::compact(json);
    const std::string slashed = replaced(replaced(compact, "\\/", "/"), "/", "\\/");
    return {compact, spaced(compact), slashed, replaced(compact, "\\/", "/"), spaced(slashed)};
}

/// Tries causes until one gives the signature.
class Guesser {
public:
    Guesser(const std::string& hex, const EndpointQuestion& question, const std::string& text,
            const std::vector<KnownApp>& apps)
        : m_hex{hex}
        , m_question{question}
        , m_text{text}
        , m_apps{apps}
        , m_data{dataPart()}
    {
    }

    bool tryAll(const std::vector<std::string>& socketIds, SignatureDetail& detail)
    {
        m_detail = &detail;
        return tryOtherSecrets() || tryWhiteSpace() || tryChannelData() || trySocketIds(socketIds) || tryNames();
    }

private:
    std::string dataPart() const
    {
        const std::string start = m_question.socketId + ":" + m_question.channel + ":";
        return !m_question.channel.empty() && m_text.starts_with(start) ? m_text.substr(start.size()) : std::string{};
    }
    std::string textFor(const std::string& socketId, const std::string& channel) const
    {
        if (m_question.channel.empty())
            return replaced(m_text, m_question.socketId + "::", socketId + "::");
        return socketId + ":" + channel + (m_data.empty() ? "" : ":" + m_data);
    }
    bool fits(const std::string& text, std::string guess)
    {
        if (sign(m_apps.front().secret, text) != m_hex)
            return false;
        m_detail->guess = std::move(guess);
        m_detail->signedText = text;
        return true;
    }
    bool fitsSecret(const std::string& secret, std::string guess)
    {
        if (sign(secret, m_text) != m_hex)
            return false;
        m_detail->guess = std::move(guess);
        return true;
    }

    bool tryOtherSecrets()
    {
        return std::any_of(m_apps.begin() + 1, m_apps.end(), [&](const KnownApp& app) {
            return fitsSecret(app.secret, "another secret made it, that of the application \"" + app.name + "\".");
        });
    }
    bool tryWhiteSpace()
    {
        const std::string& secret = m_apps.front().secret;
        const std::string trimmed = secret.substr(0, secret.find_last_not_of(" \t\r\n") + 1);
        for (const char* blank : {"\n", " ", "\r\n", "\r", "\t"}) {
            if (fitsSecret(secret + blank, "white space follows the secret that the endpoint uses, as at the end of a "
                                           "line in a file.") ||
                fits(m_text + blank, "white space follows the text that was signed."))
                return true;
            if (fits(textFor(m_question.socketId, m_question.channel + blank),
                     "white space follows the channel's name that was signed.") ||
                fits(textFor(m_question.socketId + blank, m_question.channel),
                     "white space follows the socket_id that was signed."))
                return true;
        }
        return trimmed != secret &&
               fitsSecret(trimmed, "the secret known here ends in white space, and the endpoint's does not.");
    }
    bool tryChannelData()
    {
        if (m_data.empty())
            return false;
        const std::string bare = m_question.socketId + ":" + m_question.channel;
        if (fits(bare, "channel_data was left out of the text that was signed.") ||
            fits(bare + ":", "channel_data was empty in the text that was signed."))
            return true;
        for (const std::string& data : rewritten(m_data)) {
            if (fits(bare + ":" + data, "the channel_data that was signed is not the exact string that was sent: it "
                                        "was written anew in between."))
                return true;
        }
        return false;
    }
    bool trySocketIds(const std::vector<std::string>& socketIds)
    {
        std::vector<std::string> others = socketIds;
        others.insert(others.end(), {"", "null", "undefined", "None", "nil", "0", "1.1", "123.456", "1234.1234",
                                     "1234.5678", m_question.socketId.substr(0, m_question.socketId.find('.'))});
        for (const std::string& other : others) {
            const std::string shown = other.empty() ? "no socket_id" : "the socket_id " + other;
            if (other != m_question.socketId &&
                fits(textFor(other, m_question.channel),
                     "it is for another socket: " + shown + " was signed, and " + m_question.socketId + " asked."))
                return true;
        }
        return false;
    }
    bool tryNames()
    {
        const std::string& channel = m_question.channel;
        if (channel.empty())
            return false;
        for (const char* prefix :
             {"private-encrypted-", "private-cache-", "presence-cache-", "private-", "presence-"}) {
            const std::string start = prefix;
            if (channel.starts_with(start) && fits(textFor(m_question.socketId, channel.substr(start.size())),
                                                   "the channel's name was signed without its prefix " + start + "."))
                return true;
        }
        const std::string data = m_data.empty() ? "" : ":" + m_data;
        return fits(textFor(m_question.socketId, toLower(channel)), "the channel's name was signed in lower case.") ||
               fits(textFor(m_question.socketId, pusher::percentEncode(channel)),
                    "the channel's name was signed with percent escapes.") ||
               fits(channel + ":" + m_question.socketId + data,
                    "channel and socket_id were signed in the wrong order.") ||
               fits(m_question.socketId + channel, "the colon between socket_id and channel is missing.");
    }

    const std::string& m_hex;
    const EndpointQuestion& m_question;
    const std::string& m_text;
    const std::vector<KnownApp>& m_apps;
    const std::string m_data;
    SignatureDetail* m_detail = nullptr;
};

} // namespace

SignedTexts textsForChannel(const EndpointQuestion& question, const std::optional<json::Value>& channelData,
                            bool isPresence)
{
    const auto with = [&](std::string_view data) {
        return pusher::channelAuthText(question.socketId, question.channel, data);
    };
    const std::string bare = pusher::channelAuthText(question.socketId, question.channel);
    if (!channelData)
        return {{bare}, !isPresence};
    if (channelData->is(json::Kind::String)) {
        SignedTexts texts{{with(channelData->text())}, true};
        if (!isPresence) // Servers differ in whether it takes part there.
            texts.right.push_back(bare);
        return texts;
    }
    SignedTexts texts{{bare, with(channelData->raw())}, false};
    for (const std::string& data : rewritten(std::string{channelData->raw()}))
        texts.right.push_back(with(data));
    return texts;
}

SignedTexts textsForUser(const std::string& socketId, const std::string& userData)
{
    return {{pusher::userAuthText(socketId, userData)}, true};
}

SignatureDetail compareSignature(const std::string& hex, const EndpointQuestion& question, const SignedTexts& texts,
                                 const std::vector<KnownApp>& apps, const std::vector<std::string>& socketIds)
{
    const std::string& secret = apps.front().secret;
    const auto right =
        std::ranges::find_if(texts.right, [&](const std::string& text) { return sign(secret, text) == hex; });
    SignatureDetail detail;
    detail.text = right != texts.right.end() ? *right : texts.right.front();
    detail.expected = sign(secret, detail.text);
    detail.received = hex;
    if (right != texts.right.end())
        return detail;
    const auto [expected, received] = std::ranges::mismatch(detail.expected, hex);
    detail.firstDifference = static_cast<std::size_t>(expected - detail.expected.begin());
    Guesser{hex, question, detail.text, apps}.tryAll(socketIds, detail);
    return detail;
}

} // namespace castdeck::remote
