"""Counts the results of a ctest run and the protocol statements that they prove, and prints the table of journeys.

Usage: summary.py [--conformance] RESULTS.xml, the file of `ctest --output-junit` with the whole output of each test.
Exits 1 when a test failed or a result cannot be read.
"""

import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

sys.path.append(str(pathlib.Path(__file__).with_name("ui") / "journeys"))
import table  # noqa: E402

STATEMENTS = pathlib.Path(__file__).with_name("conformance.txt")

# Qt Test, which our scripts follow; TAP; the reporter of node:test.
RESULT = re.compile(
    r"^\s*(?:(?P<word>PASS|FAIL!|XPASS|BPASS|BFAIL|XFAIL|SKIP)\s*:|(?P<tap>ok|not ok)\s+\d+\s*-?|(?P<mark>[✔✖﹣]))"
    r"\s*(?P<name>.+)$")
OUTCOME = {"PASS": "passed", "BPASS": "passed", "ok": "passed", "✔": "passed",
           "FAIL!": "failed", "XPASS": "failed", "not ok": "failed", "✖": "failed",
           "SKIP": "skipped", "BFAIL": "skipped", "﹣": "skipped", "XFAIL": "expected to fail"}


def read_statements():
    """{"server": {"CN1": sentence, ...}, "later": {...}}"""
    sections, section = {}, None
    for line in STATEMENTS.read_text().splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            name, sentence = line.split(maxsplit=1)
            section[name] = sentence
    return sections


def outcomes(case):
    """Yields (outcome, name) for each function, data row or script step of one ctest test."""
    output = case.findtext("system-out") or ""
    found = []
    for line in output.splitlines():
        if line.strip() == "✖ failing tests:":
            break  # node:test repeats them.
        match = RESULT.match(line)
        if match:
            outcome = OUTCOME[match["word"] or match["tap"] or match["mark"]]
            if match["tap"] and "# SKIP" in line.upper():
                outcome = "skipped"
            found.append((outcome, match["name"]))
    status = case.get("status")
    if status == "run":
        return found or [("passed", case.get("name"))]
    if status == "fail":
        # A crash or a timeout has no line of its own, and what passed before it proves nothing.
        return found if any(outcome == "failed" for outcome, _ in found) else [("failed", case.get("name"))]
    return [("skipped", case.get("name"))]


def ids_in(name, known):
    """The statements that a test name stands for: CN1 in `X::CN1_greets()` and in `X::row(CN1: ...)`, not in CN11."""
    # Qt Test names the class first; only function and row say what is proven.
    name = name.partition("::")[2] or name
    return {word for word in re.findall(r"(?<![A-Za-z0-9])[A-Z]{2}\d+(?![A-Za-z0-9])", name) if word in known}


def print_conformance(results, statements):
    by_outcome = {outcome: set() for outcome in OUTCOME.values()}
    for outcome, name in results:
        by_outcome[outcome] |= ids_in(name, statements)
    covered = by_outcome["passed"] - by_outcome["failed"] - by_outcome["expected to fail"]
    for name, sentence in statements.items():
        if name in covered:
            continue
        why = next((word for word in ("failed", "expected to fail", "skipped") if name in by_outcome[word]), "no test")
        print(f"not covered: {name} ({why}): {sentence}")
    print(f"conformance: {len(covered)} of {len(statements)} server statements covered")


def print_journeys(build, cases):
    """What the journeys of this run took."""
    run = {case.get("name") for case in cases if case.get("status") in ("run", "fail")}
    for line in table.as_text([result for result in table.read_results(build) if result["test"] in run]):
        print(f"journey: {line}")


def main():
    path = pathlib.Path(sys.argv[-1])
    if not path.exists():
        print(f"summary: {path} is missing; ctest did not finish")
        return 1
    cases = list(ElementTree.parse(path).getroot().iter("testcase"))
    results = [result for case in cases for result in outcomes(case)]
    for case in cases:
        if case.get("status") == "fail":
            print(f"failed: {case.get('name')}")
    for outcome, name in results:
        if outcome in ("skipped", "expected to fail"):
            print(f"{outcome}: {name}")
    print_journeys(path.parent, cases)
    if "--conformance" in sys.argv:
        print_conformance(results, read_statements()["server"])
    counts = {word: sum(outcome == word for outcome, _ in results) for word in ("passed", "failed")}
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] or not results else 0


if __name__ == "__main__":
    sys.exit(main())
