#!/usr/bin/env python3
"""Installs the libraries from a build tree, moves them elsewhere, and builds and runs the examples against them.

The steps build on each other: the first that fails ends the test.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
PRINTED = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(*command, **options):
    """The standard output. Fails with everything that was printed."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=120, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command[0]} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


class PackageTest:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.prefix = folder / "moved"

    def install(self):
        first = self.folder / "first"
        run(self.options.cmake, "--install", self.options.build, "--prefix", first, "--component", "Development")
        first.rename(self.prefix)

    def no_file_tells_where_it_was_built(self):
        for path in self.prefix.rglob("*.cmake"):
            text = path.read_text()
            for place in (ROOT, self.options.build, self.folder):
                assert str(place) not in text, f"{path.name} names {place}"

    def headers_include_what_is_installed(self):
        base = self.prefix / "include" / "castdeck"
        headers = list(base.rglob("*.h"))
        assert headers, "no headers"
        for header in headers:
            for target in INCLUDE.findall(header.read_text()):
                assert (base / target).is_file(), f"{header.relative_to(base)} includes {target}"

    def output_of(self, source):
        """What the program of the project prints; it has the name of its folder."""
        build = self.folder / source.name
        run(self.options.cmake, "-S", source, "-B", build, "-G", self.options.generator,
            f"-DCMAKE_CXX_COMPILER={self.options.compiler}", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run(self.options.cmake, "--build", build)
        return run(build / source.name, cwd=self.folder)

    def example(self, source):
        output = self.output_of(source)
        promised = PRINTED.search((source / "README.md").read_text())[1]
        assert output == promised, f"it printed\n{output}"

    def remote_sends_over_http(self):
        output = self.output_of(pathlib.Path(__file__).with_name("remote"))
        assert output == "unreachable\n", f"it printed\n{output}"


def steps(test):
    """Sentences, and what proves them."""
    yield "the libraries can be installed and moved", test.install
    yield "no installed file tells where it was built", test.no_file_tells_where_it_was_built
    yield "installed headers include what is installed", test.headers_include_what_is_installed
    for source in sorted(path.parent for path in ROOT.glob("examples/*/CMakeLists.txt")):
        yield f"the example {source.name} prints what its README says", lambda source=source: test.example(source)
    yield "with the component remote a driver sends over HTTP", test.remote_sends_over_http


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True, help="a build tree with everything built")
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--generator", default="Ninja")
    options = parser.parse_args()
    options.build = options.build.resolve()
    with tempfile.TemporaryDirectory() as folder:
        for sentence, step in steps(PackageTest(options, pathlib.Path(folder))):
            try:
                step()
            except (AssertionError, OSError, subprocess.TimeoutExpired) as error:
                print(f"FAIL!  : install.package::{sentence}\n{error}")
                return 1
            print(f"PASS   : install.package::{sentence}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
