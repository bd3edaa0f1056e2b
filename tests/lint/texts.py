"""Checks that the repository stands alone: no path of one machine, no link to an unexpected host, no registry in a lock."""

import re
import sys

import tracked

# A path in somebody's home or work folder, or one that leaves the repository for a neighbour.
FOREIGN_PATH = re.compile(r"(?<![\w.])/(?:home|root|work|Users|mnt|workspace)/\w|[.]{2}/shared\b")
URL_HOST = re.compile(r"\b(?:https?|wss?)://(?:[^/\s@'\"<>]*@)?(\[[0-9a-fA-F:]+\]|[\w.-]*)")
# This machine, networks that nobody routes (RFC 1918, link-local), and names that exist nowhere (RFC 2606).
LOCAL = re.compile(r"^(\[::1?\]|\[fe80::[\da-f]+\]|localhost|(127|10)(\.\d+){3}|169\.254(\.\d+){2}|0\.0\.0\.0|[\w-]+|"
                   r".*\.(test|invalid|example|local|localhost))?$")
EXPECTED_HOSTS = {"example.com", "example.org", "example.net", "evil.example.com",
                  "www.w3.org", "www.apache.org", "apache.org", "www.freedesktop.org", "pusher.com",
                  "ws.pusherapp.com", "api.pusherapp.com"}
PUSHER_HOST = re.compile(r"^(ws|api|sockjs)-[a-z0-9-]+\.pusher\.com$")
BINARY = (".png", ".ico", ".ttf", ".woff2")


def is_expected(host):
    return LOCAL.match(host) or host in EXPECTED_HOSTS or PUSHER_HOST.match(host)


def findings_in(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        if FOREIGN_PATH.search(line):
            yield f"{path}:{number}: a path that exists on one machine only"
        for host in URL_HOST.findall(line):
            if not is_expected(host):
                yield f"{path}:{number}: the host {host} is not among the expected ones"
        if path.name == "package-lock.json" and '"resolved"' in line:
            yield f"{path}:{number}: npm wrote an address; set omit-lockfile-registry-resolved"
        if path.name.startswith("requirements") and path.suffix == ".txt" and re.match(r"\s*(-i|-f|--index|--extra|--find)", line):
            yield f"{path}:{number}: only names and versions belong here"


def main():
    findings = []
    for path in tracked.files():
        if path.suffix in BINARY or path.is_relative_to("tests/fuzz/corpus"):
            continue
        try:
            findings += findings_in(path, (tracked.ROOT / path).read_text())
        except UnicodeDecodeError:
            findings.append(f"{path}: not UTF-8")
    return tracked.report(findings, "texts: nothing points outside the repository")


if __name__ == "__main__":
    sys.exit(main())
