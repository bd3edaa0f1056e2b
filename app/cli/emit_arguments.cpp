#include "app/cli/emit_arguments.h"

#include "app/cli/output.h"
#include "core/base/json.h"
#include "core/broadcast/event_catalog.h"

#include <algorithm>

namespace castdeck::cli {

namespace {

constexpr std::size_t maxInputBytes = 16'777'216;
constexpr int maxDepth = 512;

Error notJson(const json::SyntaxError& wrong)
{
    return Error{ErrorKind::InvalidInput, "not_json: the data is not JSON: " + wrong.message + " (byte " +
                                              std::to_string(wrong.offset + 1) + ")"};
}

Result<std::string> dataFromInput()
{
    std::string text;
    if (!readStandardInput(text, maxInputBytes))
        return Error{ErrorKind::TooLarge, "standard input is larger than 16 MiB"};
    // The line break that every editor and `echo` adds is not part of the data.
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    if (const auto wrong = json::check(text, maxDepth))
        return notJson(*wrong);
    return text;
}

/// Such a word is sooner a field that lost its value than a channel, which would let others read the event.
bool isFieldOf(const std::string& className, const std::string& word)
{
    const broadcast::ShippedEvent* const event = broadcast::EventCatalog::find(className);
    return event != nullptr &&
           std::ranges::find(event->fields, word, &broadcast::EventField::name) != event->fields.end();
}

bool looksLikeJson(const std::string& word)
{
    return !word.empty() && (word.front() == '{' || word.front() == '[' || word.front() == '"');
}

} // namespace

std::string unknownOptions(const std::vector<std::string>& words)
{
    std::string options;
    for (const std::string& word : words) {
        const bool isNumber = word.size() > 1 && word[1] >= '0' && word[1] <= '9';
        if (word.size() > 1 && word.front() == '-' && !isNumber)
            options += " " + word.substr(0, word.find('='));
    }
    return options;
}

Result<broadcast::Emission> parseEmitArguments(std::vector<std::string> words)
{
    broadcast::Emission emission;
    if (words.size() >= 3) {
        const auto wrong = json::check(words.back(), maxDepth);
        const bool isInput = words.back() == "-";
        if (isInput) {
            auto data = dataFromInput();
            if (!data)
                return data.error();
            emission.payload = broadcast::Payload{*data};
        } else if (!wrong) {
            emission.payload = broadcast::Payload{words.back()};
        } else if (looksLikeJson(words.back())) {
            return notJson(*wrong);
        }
        if (isInput || !wrong)
            words.pop_back();
    }
    if (words.size() < 2)
        return Error{ErrorKind::InvalidInput, "emit needs at least one channel and the name of an event"};
    emission.event = std::move(words.back());
    words.pop_back();
    emission.channels = broadcast::Channels{words};
    return emission;
}

Result<broadcast::Emission> parseClassArguments(const std::string& className, const std::vector<std::string>& words)
{
    broadcast::EventCatalog::Values fields;
    std::vector<std::string> channels;
    for (const std::string& word : words) {
        if (const std::size_t equals = word.find('='); equals != std::string::npos)
            fields.emplace_back(word.substr(0, equals), word.substr(equals + 1));
        else if (isFieldOf(className, word))
            return Error{ErrorKind::InvalidInput, "the field \"" + word + "\" has no value; write " + word + "=..."};
        else
            channels.push_back(word);
    }
    auto emission = broadcast::EventCatalog::make(className, fields);
    if (emission && !channels.empty())
        emission->channels = broadcast::Channels{channels};
    return emission;
}

} // namespace castdeck::cli
