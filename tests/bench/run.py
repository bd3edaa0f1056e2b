#!/usr/bin/env python3
"""Compares castdeck-cli with the bare epoll loop on the same work, and says which goals are reached.

The server has the first core, the load generator the second. The two servers take turns (A B A B), so that what else
the machine does meets both; the median of the rounds counts. Exit code: 0 all goals reached, 3 a goal missed,
1 something went wrong or an event was lost, doubled or out of order.
"""

import argparse
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

APP_ID, KEY, SECRET = "bench", "benchkey", "benchsecret"
DISTURBED_SHARE = 0.05  # Of the time the server was ready to run but something else had its core.


@dataclass
class Goal:
    """A figure of one measurement and what it has to be."""

    name: str
    field: str  # Of castdeck-bench's report.
    wanted: float
    at_most: bool = True
    against_limit: bool = True  # The wanted value is a ratio to the limit's figure.


@dataclass
class Measurement:
    title: str
    arguments: list
    rounds: int
    goals: list
    quick_arguments: list
    needs_limit: bool = True
    needs_server: bool = True  # Without, castdeck-bench itself is measured.
    reports: dict = field(default_factory=dict)  # By server name, one report a round.


def rates(what, ratio):
    """By the clock, and by the server's own time: the generator may be the slower of the two, or the machine busy."""
    return [Goal(f"{what} per second", "perSecond", ratio, at_most=False),
            Goal(f"{what} per second of CPU", "perCpuSecond", ratio, at_most=False)]


def measurements():
    one_by_one = Goal("CPU per delivery, µs", "cpuMicrosecondsEach", 1.25)
    quick = ["--seconds", "0.3"]
    return [
        Measurement("1,000 subscribers, 200 bytes, one event at a time",
                    ["fanout", "--subscribers", "1000", "--seconds", "3"], 5, [one_by_one],
                    ["fanout", "--subscribers", "20"] + quick),
        Measurement("1,000 subscribers, 200 bytes, 64 in flight",
                    ["fanout", "--subscribers", "1000", "--in-flight", "64", "--seconds", "2"], 5,
                    rates("deliveries", 0.5),
                    ["fanout", "--subscribers", "20", "--in-flight", "64"] + quick),
        Measurement("10,000 subscribers, 200 bytes, one event at a time",
                    ["fanout", "--subscribers", "10000", "--seconds", "3"], 3,
                    [one_by_one, Goal("last copy received, p99, ms", "p99Milliseconds", 250, against_limit=False)],
                    ["fanout", "--subscribers", "100", "--bytes", "20"] + quick),
        Measurement("connect, upgrade, subscribe, close",
                    ["accept", "--connections", "10000"], 3,
                    rates("connections", 0.6),
                    ["accept", "--connections", "200"]),
        Measurement("signed publishes, 50 keep-alive connections",
                    ["rest", "--seconds", "3"], 3,
                    [Goal("requests per second of CPU", "perCpuSecond", 20_000, at_most=False, against_limit=False),
                     Goal("answer received, p99, ms", "p99Milliseconds", 50, against_limit=False)],
                    ["rest"] + quick, needs_limit=False),
        Measurement("10,000 idle subscribed connections, 30 s, each pinged once",
                    ["idle", "--connections", "10000", "--seconds", "30"], 1,
                    [Goal("resident bytes each", "bytesEach", 4_096, against_limit=False),
                     Goal("CPU, % of a core", "serverPercent", 1, against_limit=False)],
                    ["idle", "--connections", "100", "--seconds", "1"], needs_limit=False),
        Measurement("authorization decisions, 1,000 rules with parameters, no server",
                    ["decisions", "--rules", "1000", "--seconds", "3"], 3,
                    [Goal("decisions per second of CPU", "perCpuSecond", 100_000, at_most=False, against_limit=False),
                     Goal("decision, p99, µs", "p99Microseconds", 50, against_limit=False)],
                    ["decisions", "--rules", "20"] + quick, needs_server=False),
    ]


def cores():
    """The server's and the generator's core; none where there is only one."""
    available = sorted(os.sched_getaffinity(0))
    return available[:2] if len(available) > 1 else (None, None)


def pinned(core):
    return (lambda: os.sched_setaffinity(0, {core})) if core is not None else None


class Server:
    """One server process on a free port, from its first line to its end."""

    def __init__(self, command, core, folder):
        log = pathlib.Path(folder) / "server.log"
        with log.open("w") as log_file:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log_file, text=True, cwd=folder,
                                            env={**os.environ, "XDG_CONFIG_HOME": folder}, preexec_fn=pinned(core))
        line = self.process.stdout.readline()
        if '"listening"' not in line:
            self.stop()
            raise RuntimeError(f"{command[0]} did not start listening: {line}{log.read_text()}")
        self.port = json.loads(line)["port"]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise RuntimeError(f"process {self.process.pid} did not end within 15 s of SIGTERM") from None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def start_servers(bin_dir, measurement, core, folder):
    if not measurement.needs_server:
        return {"castdeck": None}
    commands = {"castdeck": [bin_dir / "castdeck-cli", "serve", "--port", "0", "--workers", "1",
                             "--app", f"{APP_ID}:{KEY}:{SECRET}"]}
    if measurement.needs_limit:
        commands["limit"] = [bin_dir / "castdeck-bench-limit"]
    return {name: Server([str(part) for part in command], core, folder) for name, command in commands.items()}


def generate(bin_dir, server, arguments, core):
    """One round of load; answers the generator's report with the figures derived from it."""
    target = ["--port", str(server.port), "--pid", str(server.process.pid)] if server else []
    command = [str(bin_dir / "castdeck-bench"), *arguments, *target]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=180,
                          preexec_fn=pinned(core))
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr.strip() or done.stdout.strip()}")
    report = json.loads(done.stdout)
    report["serverPercent"] = report["serverRunning"] * 100
    times = next((value for key, value in report.items() if key.endswith("Microseconds")), None)
    if times:
        report["p50Milliseconds"] = times["p50"] / 1000
        report["p99Milliseconds"] = times["p99"] / 1000
        report["p99Microseconds"] = times["p99"]
    report["perCpuSecond"] = 1e6 / report["cpuMicrosecondsEach"] if report["cpuMicrosecondsEach"] else float("inf")
    return report


def measure(measurement, options, json_lines):
    server_core, generator_core = cores()
    arguments = measurement.quick_arguments if options.quick else measurement.arguments
    rounds = 1 if options.quick else options.rounds or measurement.rounds
    with tempfile.TemporaryDirectory() as folder:
        servers = start_servers(options.bin_dir, measurement, server_core, folder)
        try:
            for _ in range(rounds):
                for name, server in servers.items():
                    report = generate(options.bin_dir, server, arguments, generator_core)
                    measurement.reports.setdefault(name, []).append(report)
                    json_lines.append({"server": name, **report})
        finally:
            for server in filter(None, servers.values()):
                server.stop()


def medians(measurement, goal):
    return {name: statistics.median(report[goal.field] for report in reports)
            for name, reports in measurement.reports.items()}


def judged_value(measurement, goal):
    """The median ratio of neighbouring rounds, or the plain median."""
    own = [report[goal.field] for report in measurement.reports["castdeck"]]
    if not goal.against_limit:
        return statistics.median(own)
    limit = [report[goal.field] for report in measurement.reports["limit"]]
    return statistics.median(a / b for a, b in zip(own, limit))


def is_reached(goal, value):
    return value <= goal.wanted if goal.at_most else value >= goal.wanted


def is_disturbed(reports):
    return max(report["serverWaiting"] for report in reports) > DISTURBED_SHARE


def number(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def print_goal(measurement, goal, is_quick):
    value = judged_value(measurement, goal)
    middle = medians(measurement, goal)
    figures = f"castdeck {number(middle['castdeck'])}"
    if goal.against_limit:
        figures += f", limit {number(middle['limit'])}, ratio {value:.2f}"
    wanted = f"{'at most' if goal.at_most else 'at least'} {number(goal.wanted)}"
    if is_quick:
        verdict = "not judged"
    elif is_reached(goal, value):
        verdict = "reached"
    else:
        verdict = f"MISSED by {abs(value / goal.wanted - 1) * 100:.0f} %"
        if is_disturbed(measurement.reports["castdeck"]):
            verdict += "; the machine was busy, measure again"
    print(f"    {goal.name}: {figures}; wanted {wanted}: {verdict}")


def detail(reports):
    if reports[0]["mode"] == "idle":
        return f"{reports[0]['pingsAnswered']} pings answered"

    middle = {key: statistics.median(report[key] for report in reports)
              for key in ("perSecond", "cpuMicrosecondsEach", "serverRunning", "p50Milliseconds", "p99Milliseconds")}
    return (f"{number(middle['perSecond'])}/s, {number(middle['cpuMicrosecondsEach'])} µs CPU each, "
            f"core {middle['serverRunning'] * 100:.0f} % busy, "
            f"p50 {number(middle['p50Milliseconds'])} ms, p99 {number(middle['p99Milliseconds'])} ms")


def print_detail(measurement):
    for name, reports in measurement.reports.items():
        line = f"    {name}: {detail(reports)}"
        if is_disturbed(reports):
            waiting = max(report["serverWaiting"] for report in reports)
            line += f" (disturbed: up to {waiting * 100:.0f} % of a round something else had the core)"
        print(line)


def parsed_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin-dir", type=pathlib.Path, default=pathlib.Path("build/release/bin"),
                        help="where castdeck-cli, castdeck-bench and castdeck-bench-limit are")
    parser.add_argument("--quick", action="store_true", help="a few seconds in all: proves the ledger, judges no speed")
    parser.add_argument("--rounds", type=int, help="instead of 3 or 5")
    parser.add_argument("--only", help="measurements whose title contains this")
    parser.add_argument("--json", type=pathlib.Path, help="write every round's report there, one JSON line each")
    options = parser.parse_args()
    options.bin_dir = options.bin_dir.resolve()
    for program in ("castdeck-cli", "castdeck-bench", "castdeck-bench-limit"):
        if not (options.bin_dir / program).is_file():
            parser.error(f"there is no {program} in {options.bin_dir}; ./dev build makes it")
    return options


def main():
    options = parsed_options()
    if None in cores():
        print("Only one core: server and generator share it, the figures mean little.")
    json_lines = []
    is_all_reached = True
    for measurement in measurements():
        if options.only and options.only not in measurement.title:
            continue
        try:
            measure(measurement, options, json_lines)
        except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
            print(f"{measurement.title}: {error}", file=sys.stderr)
            return 1
        print(measurement.title if not options.quick else "quick: " + " ".join(measurement.quick_arguments))
        for goal in measurement.goals:
            print_goal(measurement, goal, options.quick)
            is_all_reached &= options.quick or is_reached(goal, judged_value(measurement, goal))
        print_detail(measurement)
        sys.stdout.flush()
    if options.json:
        options.json.write_text("".join(json.dumps(line) + "\n" for line in json_lines))
    return 0 if is_all_reached else 3


if __name__ == "__main__":
    sys.exit(main())
