"""Checks that the window shows texts from the network as plain text: what guesses the format is used nowhere in ui.

Labels come from makeLabel(), which sets the format; a class that is a label sets it itself. The handbook's pages are the
program's own and may be Markdown. What plainTip() wraps and message boxes whose file sets the format are plain.
"""

import re
import sys

import tracked

MAKES_LABELS = "ui/widgets/controls.cpp"
HANDBOOK = {"ui/pages/help_page.h", "ui/pages/help_page.cpp"}
LABEL = re.compile(r"\bnew\s+QLabel\b|\bQLabel\s+\w+\s*[;{(=]|make_unique<QLabel>")
IS_LABEL = re.compile(r"public\s+QLabel\b")
GUESSES = re.compile(r"\bQ(?:MessageBox|ErrorMessage|TextBrowser|ToolTip|WhatsThis)\b|ToolTipRole|"
                     r"\b(?:set|append|insert)Html\b|\bsetMarkdown\b|\bAutoText\b|\bRichText\b")


def source_of(path):
    source = (tracked.ROOT / path).with_suffix(".cpp")
    return source.read_text() if source.is_file() else ""


def findings_in(path):
    for number, line in enumerate((tracked.ROOT / path).read_text().splitlines(), 1):
        if LABEL.search(line) and str(path) != MAKES_LABELS:
            yield f"{path}:{number}: make labels with makeLabel()"
        if IS_LABEL.search(line) and "setTextFormat(Qt::PlainText)" not in source_of(path):
            yield f"{path}:{number}: a label has to set the format Qt::PlainText"
        guess = GUESSES.search(line)
        is_plain = "plainTip(" in line or ("QMessageBox" in line and "setTextFormat(Qt::PlainText)" in source_of(path))
        if guess and not is_plain and str(path) not in HANDBOOK:
            yield f"{path}:{number}: {guess[0]} may take a text for HTML"


def main():
    findings = [finding for path in tracked.files(".h", ".cpp") if path.parts[0] in ("ui", "app")
                for finding in findings_in(path)]
    return tracked.report(findings, "plain text: the window never guesses a format")


if __name__ == "__main__":
    sys.exit(main())
