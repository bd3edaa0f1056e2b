#include "core/auth/web_settings_reader.h"

#include <algorithm>
#include <functional>

namespace castdeck::auth {

namespace {

void read(const JsonSource& object, std::string_view key, bool& value)
{
    if (const auto source = object.member(key))
        value = source->boolean().value_or(value);
}

/// Reads a list of texts; `objection` says what is wrong with one of them, nothing for the right ones.
void read(const JsonSource& object, std::string_view key, std::vector<std::string>& values,
          const std::function<std::string_view(std::string_view)>& objection)
{
    const auto source = object.member(key);
    auto texts = source ? source->texts() : std::nullopt;
    if (!texts)
        return;
    bool isRight = true;
    for (std::size_t i = 0; i < texts->size(); ++i) {
        if (const auto wrong = objection((*texts)[i]); !wrong.empty()) {
            source->at(i).error(std::string{wrong});
            isRight = false;
        }
    }
    if (isRight)
        values = std::move(*texts);
}

bool isPlain(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c != 0x7F; });
}

std::string_view objectionToPath(std::string_view entry)
{
    if (entry == "@authorize")
        return {};
    if (!entry.starts_with('/') || !isPlain(entry) || entry.find_first_of("?#") != std::string_view::npos)
        return "must be \"@authorize\" or a path that starts with \"/\" and has no blank, \"?\" or \"#\"";
    for (std::size_t star = entry.find('*'); star != std::string_view::npos; star = entry.find('*', star + 1)) {
        const bool endsSegment = star + 1 == entry.size() || entry[star + 1] == '/';
        if (entry[star - 1] != '/' || !endsSegment)
            return "\"*\" stands for a whole part between two \"/\"";
    }
    return {};
}

std::string_view objectionToOrigin(std::string_view entry)
{
    constexpr std::string_view wanted =
        "must be \"*\", \"@loopback\", \"null\", an origin such as \"https://shop.example:8443\", or a host name";
    const std::size_t scheme = entry.find("://");
    const std::string_view host = scheme == std::string_view::npos ? entry : entry.substr(scheme + 3);
    const bool isKeyword = entry == "*" || entry == "@loopback";
    const bool isOrigin =
        !host.empty() && scheme != 0 && isPlain(host) && host.find_first_of("/?#@*,") == std::string_view::npos;
    return isKeyword || isOrigin ? std::string_view{} : wanted;
}

} // namespace

WebSettings readWebSettings(const OrderedJson& document, std::vector<Problem>& problems)
{
    WebSettings settings;
    const JsonSource root{document, problems};
    if (const auto csrf = root.member("csrf"); csrf && csrf->isObject()) {
        csrf->warnOfOthers({"enabled", "exempt"});
        read(*csrf, "enabled", settings.csrf.isEnabled);
        read(*csrf, "exempt", settings.csrf.exempt, objectionToPath);
    }
    if (const auto cors = root.member("cors"); cors && cors->isObject()) {
        cors->warnOfOthers({"allowed_origins"});
        read(*cors, "allowed_origins", settings.cors.allowedOrigins, objectionToOrigin);
    }
    if (const auto demo = root.member("demo"); demo && demo->isObject()) {
        demo->warnOfOthers({"expose"});
        read(*demo, "expose", settings.demo.isExposed);
    }
    return settings;
}

} // namespace castdeck::auth
