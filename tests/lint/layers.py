"""Checks that no include runs against the layers drawn in docs/architecture.md."""

import re
import sys

import tracked

# From right to left in the picture: a folder includes itself and what has a smaller number.
RANKS = {"core/base": 0, "core/pusher": 1, "core/hub": 2,
         "core/net": 3, "core/rest": 3, "core/auth": 3, "core/broadcast": 3, "core/webhook": 3, "core/store": 3,
         "core/engine": 4, "core/remote": 5, "ui": 6, "app": 7}

# The window sees the server through the engine and the outgoing clients, and else only values.
UI_SEES = ("core/engine/", "core/remote/", "core/broadcast/", "core/base/", "core/pusher/", "ui/",
           # Plain values of the configuration.
           "core/hub/app_config.h", "core/auth/authorization_config.h", "core/auth/rule_set.h",
           "core/auth/condition_words.h", "core/auth/rule_form.h",
           # What the window remembers, behind its own threads.
           "core/store/archive.h", "core/store/archive_query.h")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
QT = re.compile(r"^(Q[A-Z]\w*|Qt[A-Z0-9]\w*/.*)$")
SOCKETS = ("boost/asio", "boost/beast")


def layer_of(path):
    """"core/hub" for "core/hub/hub.h", "ui" for everything in ui; nothing for other folders."""
    parts = str(path).split("/")
    layer = "/".join(parts[:2]) if parts[0] == "core" else parts[0]
    return layer if layer in RANKS else None


def objection(path, is_quoted, target):
    """Why `path` must not include `target`; nothing when it may."""
    own = layer_of(path)
    if not is_quoted:
        if own.startswith("core/") and own != "core/remote" and QT.match(target):
            return "only core/remote may use Qt within core"
        if own != "core/net" and target.startswith(SOCKETS):
            return "only core/net may use the socket library"
        return None
    if target.endswith(".moc"):
        return None
    if not (tracked.ROOT / target).is_file():
        return "include own headers by their path from the root"
    other = layer_of(target)
    if other is None:
        return f"{own} must not include from here"
    if own == "ui" and not target.startswith(UI_SEES):
        return "ui sees the server only through core/engine, core/remote, the sending side and plain values"
    if own != other and RANKS[own] <= RANKS[other]:
        return f"{own} stands to the right of {other} or beside it"
    return None


def main():
    findings = []
    for path in tracked.files(".h", ".cpp"):
        if path.parts[0] in ("core", "ui", "app") and layer_of(path) is None:
            findings.append(f"{path}: unknown folder; give it its place in {sys.argv[0]}")
        elif layer_of(path):
            for match in INCLUDE.finditer((tracked.ROOT / path).read_text()):
                why = objection(path, match[1] == '"', match[2])
                if why:
                    findings.append(f"{path}: includes {match[2]}: {why}")
    return tracked.report(findings, "layers: includes run from left to right only")


if __name__ == "__main__":
    sys.exit(main())
