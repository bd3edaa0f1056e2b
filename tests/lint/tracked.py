"""Which files a check reads: those that git tracks, or all below the root where there is no git."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
IGNORED = {"build", ".git", "node_modules", ".venv", "__pycache__"}


def files(*suffixes):
    """Paths relative to the root, sorted; with suffixes, only names that end so."""
    try:
        listing = subprocess.run(["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others",
                                  "--exclude-standard"], cwd=ROOT, capture_output=True, check=True, text=True)
        paths = [pathlib.PurePosixPath(name) for name in listing.stdout.split("\0") if name]
    except (FileNotFoundError, subprocess.CalledProcessError):
        paths = [pathlib.PurePosixPath(path.relative_to(ROOT).as_posix()) for path in ROOT.rglob("*") if path.is_file()]
    wanted = [path for path in paths if not IGNORED & set(path.parts) and (ROOT / path).is_file()]
    return sorted(path for path in wanted if not suffixes or path.name.endswith(suffixes))


def report(findings, what):
    """Prints the findings; the exit code of the check."""
    for finding in findings:
        print(finding)
    print(f"FAIL!  : {what}" if findings else f"PASS   : {what}")
    return 1 if findings else 0
