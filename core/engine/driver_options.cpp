#include "core/engine/driver_options.h"

namespace castdeck::engine {

namespace {

constexpr DriverOption everyDriver[] = {{"driver", ""}, {"retries", "0"}};

constexpr DriverOption logDriver[] = {{"level", R"("info")"}, {"file", ""}};

constexpr DriverOption pusherDriver[] = {{"app_id", ""},
                                         {"client", ""},
                                         {"key", ""},
                                         {"secret", ""},
                                         {"cluster", ""},
                                         {"host", ""},
                                         {"port", ""},
                                         {"ssl", ""},
                                         {"path_prefix", R"("")"},
                                         {"timeout_ms", "5000"},
                                         {"publish_event", R"("message")"},
                                         {"message_as", R"("data")"},
                                         {"max_payload_bytes", ""},
                                         {"encryption_master_key_base64", ""},
                                         {"options.cluster", ""},
                                         {"options.host", ""},
                                         {"options.port", ""},
                                         {"options.useTLS", ""},
                                         {"options.scheme", ""},
                                         {"options.encrypted", ""}}; // Of old clients; it says the same as useTLS.

constexpr DriverOption centrifugoDriver[] = {{"url", R"("http://127.0.0.1:8000")"},
                                             {"api_path", R"("/api")"},
                                             {"api_key", ""},
                                             {"token_secret", ""},
                                             {"token", ""},
                                             {"timeout_ms", "5000"},
                                             {"skip_history", "true"},
                                             {"tags", "{}"},
                                             {"payload", R"("envelope")"},
                                             {"error_mode", R"("body")"},
                                             {"channel_map", R"("verbatim")"}};

constexpr DriverOption redisDriver[] = {{"host", R"("127.0.0.1")"}, {"port", "6379"},      {"username", R"("")"},
                                        {"password", ""},           {"database", "0"},     {"tls", "false"},
                                        {"prefix", R"("")"},        {"timeout_ms", "5000"}};

constexpr DriverOption localDriver[] = {
    {"app_id", ""}, {"publish_event", R"("message")"}, {"message_as", R"("data")"}, {"max_payload_bytes", ""}};

} // namespace

std::span<const DriverOption> optionsOfDriver(std::string_view driver)
{
    if (driver == "log")
        return logDriver;
    if (driver == "pusher" || driver == "reverb")
        return pusherDriver;
    if (driver == "centrifugo")
        return centrifugoDriver;
    if (driver == "redis")
        return redisDriver;
    if (driver == "local")
        return localDriver;
    return {};
}

std::span<const DriverOption> optionsOfEveryDriver()
{
    return everyDriver;
}

} // namespace castdeck::engine
