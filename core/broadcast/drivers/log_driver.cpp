#include "core/broadcast/drivers/log_driver.h"

#include "core/base/ascii.h"
#include "core/broadcast/outgoing_check.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

namespace castdeck::broadcast {

namespace {

constexpr std::array levels{"debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"};

/// The number of bytes of a line break or control character at the start, 0 when there is none: ASCII controls, the C1
/// controls and U+2028, U+2029.
std::size_t controlBytes(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    if (byte(0) < 0x20 || byte(0) == 0x7F)
        return 1;
    if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0)
        return 2;
    return byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9) ? 3 : 0;
}

void appendEscaped(std::string& line, std::string_view control)
{
    constexpr std::string_view digits = "0123456789abcdef";
    if (control == "\n")
        line += "\\n";
    else if (control == "\r")
        line += "\\r";
    else if (control == "\t")
        line += "\\t";
    else
        for (const char c : control)
            line.append("\\x")
                .append(1, digits[static_cast<unsigned char>(c) >> 4])
                .append(1, digits[static_cast<unsigned char>(c) & 15]);
}

/// One entry is one line, whatever is in it.
std::string oneLine(std::string_view text)
{
    std::string line;
    while (!text.empty()) {
        const std::size_t control = controlBytes(text);
        if (control > 0)
            appendEscaped(line, text.substr(0, control));
        else
            line.push_back(text.front());
        text.remove_prefix(std::max<std::size_t>(control, 1));
    }
    return line;
}

std::string joined(const std::vector<std::string>& channels)
{
    std::string text;
    for (const std::string& channel : channels)
        text += (text.empty() ? "" : ", ") + channel;
    return text;
}

/// A file is opened for each line, so that it may be moved away while the program runs.
LogDriver::Write writeToFile(std::string path)
{
    return [path = std::move(path)](std::string_view line) -> Result<void> {
        errno = 0;
        std::ofstream file{path, std::ios::app | std::ios::binary};
        file << line << '\n' << std::flush;
        if (file)
            return {};
        return Error{ErrorKind::Io,
                     "the log file " + path + " cannot be written: " + std::generic_category().message(errno)};
    };
}

LogDriver::Write writeToLog(std::function<void(LogLevel, std::string_view)> log, LogLevel level)
{
    return [log = std::move(log), level](std::string_view line) -> Result<void> {
        if (!log)
            return Error{ErrorKind::Unavailable, "this program has no log"};
        log(level, line);
        return {};
    };
}

} // namespace

Result<std::shared_ptr<Driver>> LogDriver::make(const Options& options, const Services& services)
{
    OptionReader reader{options};
    const std::string name = reader.text({"level"}, "info");
    const auto level = std::ranges::find(levels, name);
    if (level == levels.end())
        reader.fail("level", "must be one of debug info notice warning error critical alert emergency");
    const std::string file = reader.text({"file"});
    if (reader.hasFailed())
        return reader.error();
    const auto logLevel = static_cast<LogLevel>(level - levels.begin());
    return std::shared_ptr<Driver>{
        std::make_shared<LogDriver>(file.empty() ? writeToLog(services.log, logLevel) : writeToFile(file))};
}

Capabilities LogDriver::capabilities() const
{
    Capabilities can;
    can.broadcast = can.manyChannels = can.testConnection = {true, {}};
    can.excludeSocket = {false, "noted"};
    return can;
}

void LogDriver::publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done)
{
    done(write("Broadcasting on channels [" + joined(topics) + "] with payload: " + message, topics));
}

void LogDriver::broadcast(const OutgoingEvent& event, Done<Delivery> done)
{
    if (const Failure failure = checkEvent(event); failure.isFailure())
        return done(Delivery::failed(event.channels, failure));
    Delivery delivery = write("Broadcasting [" + event.name + "] on channels [" + joined(event.channels) +
                                  "] with payload: " + event.data,
                              event.channels);
    for (Entry& entry : delivery.entries) {
        if (!event.exceptSocketId.empty())
            entry.notes.push_back("except ignored");
    }
    addEventNotes(event, delivery);
    done(std::move(delivery));
}

Delivery LogDriver::write(const std::string& line, const std::vector<std::string>& channels) const
{
    if (const auto written = m_write(oneLine(line)); !written)
        return Delivery::failed(channels, {Code::Unreachable, written.error().detail});
    Delivery delivery;
    for (const std::string& channel : channels) {
        delivery.entries.push_back(Entry::sent(channel));
        delivery.entries.back().status = Status::Logged;
    }
    return delivery;
}

} // namespace castdeck::broadcast
