// castdeck-bench: the load generator. Runs one measurement against a server on 127.0.0.1, or of the authorization rules
// alone, and prints it as a JSON line.

#include "tests/bench/loop.h"
#include "tests/bench/modes.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <iostream>

using namespace castdeck::bench;

namespace {

void addTarget(CLI::App& app, Target& target)
{
    app.add_option("--port", target.port, "The server's port on 127.0.0.1")->required();
    app.add_option("--pid", target.processId, "The server's process, whose CPU time and memory are read")->required();
    app.add_option("--app-id", target.appId)->capture_default_str();
    app.add_option("--key", target.key)->capture_default_str();
    app.add_option("--secret", target.secret, "Only for the throw-away application of the benchmark")
        ->capture_default_str();
}

} // namespace

int main(int argc, char** argv)
{
    CLI::App app{"Load generator for Pusher-compatible servers; tests/bench/run.py drives it"};
    Target target;
    FanoutOptions fanoutOptions;
    AcceptOptions acceptOptions;
    IdleOptions idleOptions;
    RestOptions restOptions;
    DecisionOptions decisionOptions;
    std::function<Json()> run;
    app.require_subcommand(1);

    auto* fanout = app.add_subcommand("fanout", "One channel, N subscribers: CPU time per delivery");
    addTarget(*fanout, target);
    fanout->add_option("--subscribers", fanoutOptions.subscribers)->capture_default_str()->check(CLI::PositiveNumber);
    fanout->add_option("--bytes", fanoutOptions.dataBytes, "Size of an event's data")
        ->capture_default_str()
        ->check(CLI::Range(12, 10'240));
    fanout->add_option("--in-flight", fanoutOptions.inFlight)->capture_default_str()->check(CLI::Range(1, 4'096));
    fanout->add_option("--seconds", fanoutOptions.seconds)->capture_default_str();
    fanout->callback([&] { run = [&] { return runFanout(target, fanoutOptions); }; });

    auto* accept = app.add_subcommand("accept", "Whole lives of connections per second");
    addTarget(*accept, target);
    accept->add_option("--connections", acceptOptions.connections)->capture_default_str()->check(CLI::PositiveNumber);
    accept->add_option("--at-once", acceptOptions.atOnce)->capture_default_str()->check(CLI::PositiveNumber);
    accept->callback([&] { run = [&] { return runAccept(target, acceptOptions); }; });

    auto* idle = app.add_subcommand("idle", "Memory and CPU time of idle subscribed connections");
    addTarget(*idle, target);
    idle->add_option("--connections", idleOptions.connections)->capture_default_str()->check(CLI::PositiveNumber);
    idle->add_option("--seconds", idleOptions.seconds)->capture_default_str();
    idle->callback([&] { run = [&] { return runIdle(target, idleOptions); }; });

    auto* rest = app.add_subcommand("rest", "Signed publishes per second");
    addTarget(*rest, target);
    rest->add_option("--connections", restOptions.connections)->capture_default_str()->check(CLI::PositiveNumber);
    rest->add_option("--depth", restOptions.depth, "Requests under way on each connection")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    rest->add_option("--bytes", restOptions.dataBytes, "Size of an event's data")
        ->capture_default_str()
        ->check(CLI::Range(12, 10'240));
    rest->add_option("--seconds", restOptions.seconds)->capture_default_str();
    rest->callback([&] { run = [&] { return runRest(target, restOptions); }; });

    auto* decisions = app.add_subcommand("decisions", "Decisions of who may use which channel, without a server");
    decisions->add_option("--rules", decisionOptions.rules)->capture_default_str()->check(CLI::PositiveNumber);
    decisions->add_option("--seconds", decisionOptions.seconds)->capture_default_str();
    decisions->callback([&] { run = [&] { return runDecisions(decisionOptions); }; });

    CLI11_PARSE(app, argc, argv);
    const Json report = run();
    std::cout << report.dump() << '\n';
    return report.value("missing", 0) + report.value("repeatedOrLate", 0) == 0 ? 0 : 1;
}
