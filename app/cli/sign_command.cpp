#include "app/cli/command.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "core/base/crypto.h"
#include "core/base/json.h"
#include "core/pusher/channel_name.h"
#include "core/pusher/signature.h"
#include "core/pusher/socket_id.h"

#include <chrono>
#include <memory>

namespace castdeck::cli {

namespace {

constexpr std::size_t maxInputBytes = 16'777'216;

struct SignOptions {
    TargetOptions target;
    std::string socketId;
    std::string channel;
    std::optional<std::string> data;
    std::string method;
    std::string path;
    std::string body;
    std::vector<std::string> query;
    std::optional<long long> timestamp;
    bool isJson = true;
};

int refuse(std::string_view why)
{
    say(why);
    return exitBadUsage;
}

/// What signing takes. It works offline, with the credentials of the target only.
struct Keys {
    pusher::Signer signer;
    std::optional<pusher::EncryptionKey> masterKey;
};

std::optional<Keys> keysFor(const SignOptions& options, int& exitCode)
{
    const auto target = findTarget(options.target, exitCode);
    if (!target)
        return std::nullopt;
    if (!target->speaksPusher()) {
        exitCode =
            refuse("connection \"" + visible(target->name) + "\" has no secret; name another one with --connection");
        return std::nullopt;
    }
    return Keys{pusher::Signer{target->endpoint.key, target->endpoint.secret}, target->masterKey};
}

bool isSocketId(const std::string& text)
{
    const bool isGood = pusher::SocketId::isWellFormed(text);
    if (!isGood)
        say("the socket id must look like 1234.5678");
    return isGood;
}

int signChannel(const SignOptions& options)
{
    // Checked before anything is signed: a "channel" such as ":user::{...}" would be a forged login.
    const auto name = pusher::ChannelName::parse(options.channel);
    if (!isSocketId(options.socketId))
        return exitBadUsage;
    if (!name)
        return refuse(name.error().detail);
    if (!name->needsAuth())
        return refuse("public channels need no signature");
    if (name->isPresence() && !options.data)
        return refuse("a presence channel needs data such as '{\"user_id\":\"1\"}'");
    if (options.data && json::check(*options.data))
        return refuse("the channel data is not JSON");
    int exitCode = exitDone;
    const auto keys = keysFor(options, exitCode);
    if (!keys)
        return exitCode;
    std::string line =
        "{\"auth\":" + json::toString(keys->signer.channelAuth(options.socketId, options.channel, options.data));
    if (options.data)
        line += ",\"channel_data\":" + json::toString(*options.data);
    if (name->isEncrypted() && keys->masterKey)
        line +=
            ",\"shared_secret\":" + json::toString(pusher::sharedSecret(options.channel, *keys->masterKey).toBase64());
    printLine(line + ",\"signed\":" +
              json::toString(pusher::channelAuthText(options.socketId, options.channel, options.data)) + "}");
    return exitDone;
}

int signUser(const SignOptions& options)
{
    if (!isSocketId(options.socketId))
        return exitBadUsage;
    if (!options.data || json::check(*options.data))
        return refuse("the user data is not JSON; it looks like '{\"id\":\"1\"}'");
    int exitCode = exitDone;
    const auto keys = keysFor(options, exitCode);
    if (!keys)
        return exitCode;
    printLine("{\"auth\":" + json::toString(keys->signer.userAuth(options.socketId, *options.data)) +
              ",\"user_data\":" + json::toString(*options.data) +
              ",\"signed\":" + json::toString(pusher::userAuthText(options.socketId, *options.data)) + "}");
    return exitDone;
}

int signRequest(SignOptions options)
{
    if (!options.path.starts_with('/') || options.path.find('?') != std::string::npos)
        return refuse("the path must start with a slash and have no query; give parameters with --query NAME=VALUE");
    if (options.body == "-") {
        options.body.clear();
        if (!readStandardInput(options.body, maxInputBytes))
            return refuse("standard input is larger than 16 MiB");
    }
    pusher::QueryParameters parameters;
    for (const std::string& pair : options.query) {
        const std::size_t equals = pair.find('=');
        parameters.emplace_back(pair.substr(0, equals), equals == std::string::npos ? "" : pair.substr(equals + 1));
    }
    int exitCode = exitDone;
    const auto keys = keysFor(options, exitCode);
    if (!keys)
        return exitCode;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const long long seconds = options.timestamp.value_or(std::chrono::duration_cast<std::chrono::seconds>(now).count());
    const std::string query =
        pusher::signedQuery(keys->signer, options.method, options.path, options.body, seconds, std::move(parameters));
    const auto all = pusher::parseQuery(query);
    printLine("{\"auth_signature\":" + json::toString(*pusher::find(all, "auth_signature")) +
              ",\"query\":" + json::toString(query) + ",\"signed\":" +
              json::toString(pusher::restText(options.method, options.path, pusher::canonicalQuery(all))) + "}");
    return exitDone;
}

/// What to sign with, and the form of the answer, which is the same with and without --json.
void addSigningOptions(CLI::App& command, SignOptions& options)
{
    command.add_flag("--json", options.isJson, "Print one line of JSON; the answer has this form without it as well");
    addCredentialOptions(command, options.target);
}

void addChannel(CLI::App& sign, Run& run)
{
    auto options = std::make_shared<SignOptions>();
    CLI::App* command = sign.add_subcommand("channel", "The answer of an authorization endpoint for a channel");
    command->add_option("socket", options->socketId, "Socket id of the client")->type_name("SOCKET-ID")->required();
    command->add_option("channel", options->channel, "Private or presence channel")->type_name("CHANNEL")->required();
    command->add_option("data", options->data, "Channel data, JSON; needed for presence channels")->type_name("JSON");
    addSigningOptions(*command, *options);
    command->footer(
        "Prints what the authorization endpoint of your application has to answer to let this socket into "
        "this channel:\n\"auth\", \"channel_data\" when there is any, \"shared_secret\" for an encrypted channel "
        "when the connection has encryption_master_key_base64, and \"signed\", the text that the "
        "signature covers.\n\nExamples:\n"
        "  castdeck-cli sign channel 1234.1234 private-foobar\n"
        "  castdeck-cli sign channel 1234.1234 presence-chat '{\"user_id\":\"1\"}' --connection eu");
    command->callback([options, &run] { run = [options] { return signChannel(*options); }; });
}

void addUser(CLI::App& sign, Run& run)
{
    auto options = std::make_shared<SignOptions>();
    CLI::App* command = sign.add_subcommand("user", "The answer of an authentication endpoint for a user");
    command->add_option("socket", options->socketId, "Socket id of the client")->type_name("SOCKET-ID")->required();
    command->add_option("data", options->data, "User data, JSON with an id")->type_name("JSON")->required();
    addSigningOptions(*command, *options);
    command->footer("Prints what the endpoint for users has to answer to let this socket sign in as this user.\n\n"
                    "Example:\n  castdeck-cli sign user 1234.1234 '{\"id\":\"12345\"}'");
    command->callback([options, &run] { run = [options] { return signUser(*options); }; });
}

void addRequest(CLI::App& sign, Run& run)
{
    auto options = std::make_shared<SignOptions>();
    CLI::App* command = sign.add_subcommand("request", "The query string of a signed HTTP request");
    command->add_option("method", options->method, "GET or POST")
        ->type_name("METHOD")
        ->required()
        ->check(CLI::IsMember({"GET", "POST"}));
    command->add_option("path", options->path, "Path, such as /apps/1/events")->type_name("PATH")->required();
    command->add_option("--body", options->body, "Body of the request, or - to read it from standard input")
        ->type_name("TEXT");
    command->add_option("--query", options->query, "Parameter of the request's own; may be given several times")
        ->type_name("NAME=VALUE")
        ->expected(1)
        ->allow_extra_args(false)
        ->take_all();
    command->add_option("--timestamp", options->timestamp, "Seconds since 1970 (default: now)")->type_name("SECONDS");
    addSigningOptions(*command, *options);
    command->footer("Prints the query string that makes a request to the HTTP interface of a server a signed one; the "
                    "request\nitself is not sent.\n\nExamples:\n"
                    "  castdeck-cli sign request GET /apps/1/channels --query info=user_count --query "
                    "filter_by_prefix=presence-\n"
                    "  castdeck-cli sign request POST /apps/1/events --body - < body.json");
    command->callback([options, &run] { run = [options] { return signRequest(*options); }; });
}

} // namespace

void addSignCommand(CLI::App& program, Run& run)
{
    CLI::App* sign = program.add_subcommand("sign", "Make signatures, without any network");
    sign->require_subcommand(1);
    addChannel(*sign, run);
    addUser(*sign, run);
    addRequest(*sign, run);
    sign->footer(std::string{targetHelp} +
                 "\n\nThe answer is one line of JSON; \"signed\" is the text that the signature covers.");
}

} // namespace castdeck::cli
