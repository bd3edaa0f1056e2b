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

    def configure(self, source, build):
        return run(self.options.cmake, "-S", source, "-B", build, "-G", self.options.generator,
                   f"-DCMAKE_CXX_COMPILER={self.options.compiler}", f"-DCMAKE_PREFIX_PATH={self.prefix}")

    def example(self, name):
        build = self.folder / name
        self.configure(ROOT / "examples" / name, build)
        run(self.options.cmake, "--build", build)
        output = run(build / name, cwd=self.folder)
        promised = PRINTED.search((ROOT / "examples" / name / "README.md").read_text())[1]
        assert output == promised, f"it printed\n{output}"

    def remote_is_found_with_qt(self):
        source = self.folder / "remote"
        source.mkdir()
        (source / "CMakeLists.txt").write_text("""\
cmake_minimum_required(VERSION 3.25)
project(remote LANGUAGES CXX)
find_package(Castdeck REQUIRED COMPONENTS remote)
add_library(remote OBJECT remote.cpp)
target_link_libraries(remote PRIVATE castdeck::remote)
""")
        (source / "remote.cpp").write_text('#include "core/remote/http_client.h"\n')
        self.configure(source, source / "build")
        run(self.options.cmake, "--build", source / "build")


def steps(test):
    """Sentences, and what proves them."""
    yield "the libraries can be installed and moved", test.install
    yield "no installed file tells where it was built", test.no_file_tells_where_it_was_built
    yield "installed headers include what is installed", test.headers_include_what_is_installed
    for example in sorted(path.parent.name for path in ROOT.glob("examples/*/CMakeLists.txt")):
        yield f"the example {example} prints what its README says", lambda name=example: test.example(name)
    yield "the component remote is found with Qt", test.remote_is_found_with_qt


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
