#include "core/base/json.h"
#include "core/remote/centrifugo_message.h"
#include "tests/fuzz/fuzz.h"

#include <variant>

using namespace castdeck;
using fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view frame = fuzz::textOf(data, size);
    for (const remote::centrifugo::Message& message : remote::centrifugo::parseFrame(frame)) {
        const auto* const publication = std::get_if<remote::centrifugo::Publication>(&message);
        if (publication == nullptr)
            continue;
        // Payloads are bytes: what is handed over stood in the frame, and is JSON.
        require(publication->data.empty() || frame.find(publication->data) != std::string_view::npos);
        require(publication->data.empty() || json::Value::parse(publication->data).has_value());
    }
    return 0;
}
