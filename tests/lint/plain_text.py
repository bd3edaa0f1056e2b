"""Checks that the window shows texts from the network as plain text: what guesses the format is used nowhere in ui.

Labels come from makeLabel(), which sets the format.
"""

import re
import sys

import tracked

MAKES_LABELS = "ui/widgets/controls.cpp"
LABEL = re.compile(r"\bnew\s+QLabel\b|\bQLabel\s+\w+\s*[;{(=]|public\s+QLabel\b|make_unique<QLabel>")
GUESSES = re.compile(r"\bQ(?:MessageBox|ErrorMessage|TextBrowser|ToolTip|WhatsThis)\b|ToolTipRole|"
                     r"\b(?:set|append|insert)Html\b|\bsetMarkdown\b|\bAutoText\b|\bRichText\b")


def findings_in(path):
    for number, line in enumerate((tracked.ROOT / path).read_text().splitlines(), 1):
        if LABEL.search(line) and str(path) != MAKES_LABELS:
            yield f"{path}:{number}: make labels with makeLabel()"
        guess = GUESSES.search(line)
        if guess:
            yield f"{path}:{number}: {guess[0]} may take a text for HTML"


def main():
    findings = [finding for path in tracked.files(".h", ".cpp") if path.parts[0] in ("ui", "app")
                for finding in findings_in(path)]
    return tracked.report(findings, "plain text: the window never guesses a format")


if __name__ == "__main__":
    sys.exit(main())
