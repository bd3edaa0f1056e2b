"""Runs the tests of the calling script and prints one line each in the form of Qt Test, which the summary reads."""

import sys
import unittest


class Result(unittest.TextTestResult):
    def addSuccess(self, test):
        super().addSuccess(test)
        self.stream.writeln(f"PASS   : {test.id().rpartition('.')[2]}")

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.stream.writeln(f"FAIL!  : {test.id().rpartition('.')[2]}")

    addError = addFailure


def run():
    unittest.main(testRunner=unittest.TextTestRunner(stream=sys.stdout, verbosity=0, resultclass=Result))
