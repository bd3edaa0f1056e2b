#include "tests/fuzz/fuzz.h"
#include "ui/models/log_filter.h"
#include "ui/text/shown_text.h"

using namespace castdeck;
using namespace castdeck::ui;
using fuzz::require;

/// The first line is a filter, the rest the payload of a row.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input = fuzz::textOf(data, size);
    const std::string_view text = input.substr(0, input.find('\n'));
    engine::Event event;
    event.kind = engine::EventKind::ApiMessage;
    event.channel = "orders";
    event.payload = std::make_shared<const std::string>(input.substr(std::min(text.size() + 1, input.size())));
    const QString line = toQt(text);
    const LogFilter::Parsed parsed = LogFilter::parse(line, WallTime{std::chrono::hours{500'000}});
    if (!parsed.filter) {
        require(!parsed.mistake.sentence.isEmpty());
        require(parsed.mistake.from >= 0 && parsed.mistake.length > 0);
        require(parsed.mistake.from + parsed.mistake.length <= line.size());
        return 0;
    }
    const bool isAccepted = parsed.filter->accepts(event);
    require(LogFilter::both(*parsed.filter, *parsed.filter).accepts(event) == isAccepted);
    require(parsed.filter->isEmpty() || !parsed.filter->description().isEmpty());
    // What stands in brackets or behind an "or" means the same.
    const LogFilter::Parsed grouped = LogFilter::parse(QStringLiteral("(%1)").arg(line));
    require(parsed.filter->isEmpty() || grouped.filter.has_value() || line.contains(u'('));
    return 0;
}
