"""The table of journeys: what they may take, and what they took.

Usage: table.py [--write] [BUILD FOLDER], by default build/dev. With --write the table in tests/ui/README.md is replaced.
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).parents[3]
README = ROOT / "tests" / "ui" / "README.md"
START, END = "<!-- journeys -->", "<!-- end of journeys -->"
HEAD = ("journey", "who does what", "actions", "machine", "longest block", "result")


def order(result):
    """J2 before J10, and the row of the whole journey before its variants."""
    number = result["id"].split()[0].lstrip("J")
    return (int(number) if number.isdigit() else 999, result["id"])


def read_results(build):
    """What journeys wrote into a build folder, in their order."""
    files = (pathlib.Path(build) / "journeys").glob("*/result.json")
    return sorted((json.loads(file.read_text()) for file in files), key=order)


def of_target(value, target, unit=""):
    return f"{value} of {target}{unit}"


def actions_of(result):
    """The steps of the journey; where some are more than one gesture, how many clicks, chords and fields they were."""
    done = len(result["actions"])
    text = of_target(done, result["actionTarget"])
    gestures = result.get("gestures", done)
    return f"{text} ({gestures} gestures)" if gestures > done else text


def row(result):
    judged = result["areTimesJudged"]
    times = ", ".join(f"{time['what']} {of_target(time['ms'], time['target'], ' ms')}" for time in result["times"])
    figures = ", ".join(f"{figure['what']} {figure['value']:g}" for figure in result["figures"])
    # The clock on the wall tells of the window only where others leave it the processors.
    block = result["block"] if judged else result["ownBlock"]
    verdict = "; ".join(result["faults"]) or "met"
    late = [time["what"] for time in result["times"] if time["ms"] > time["target"]]
    if not judged:
        load = f"others used {result['foreignPercent']} % of the processors"
        verdict = f"{verdict}; over its target, not judged: {', '.join(late)} ({load})" if late else f"{verdict} ({load})"
    return (result["id"], result["title"], actions_of(result),
            "; ".join(part for part in (times, figures) if part) or "-",
            of_target(block, result["blockTarget"], " ms"),
            verdict)


def as_text(results):
    """Lines for a terminal."""
    lines = []
    for result in results:
        name, title, actions, machine, block, verdict = row(result)
        lines.append(f"{name:<28} {title}: {actions} actions; {machine}; block {block}: {verdict}")
    return lines


def as_markdown(results):
    rows = [HEAD, tuple("---" for _ in HEAD), *map(row, results)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
                     for cells in rows)


def write(results):
    text = README.read_text()
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{START}\n{as_markdown(results)}\n{END}{after}")


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--write"]
    results = read_results(arguments[0] if arguments else ROOT / "build" / "dev")
    print("\n".join(as_text(results)))
    if "--write" in sys.argv:
        write(results)


if __name__ == "__main__":
    main()
