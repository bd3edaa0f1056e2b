"""The driver `redis` through a real Redis server, as a subscriber of the library `redis` for Python sees it."""

import json
import os
import pathlib
import socket
import subprocess
import tempfile
import unittest

import redis

from support import qt_results

BINARIES = pathlib.Path(os.environ.get("CASTDECK_BIN_DIR", pathlib.Path(__file__).parents[2] / "build/dev/bin"))
DEADLINE = 10


class Server:
    """A Redis server of the test's own."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        # Debian's redis-tools has the whole server under this name; what it is called as decides what it does.
        program = pathlib.Path(self.folder.name, "redis-server")
        program.symlink_to("/usr/bin/redis-check-rdb")
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        options = {"bind": "127.0.0.1", "port": str(self.port), "save": "", "dir": self.folder.name}
        arguments = [word for name, value in options.items() for word in ("--" + name, value)]
        self.process = subprocess.Popen([program, *arguments], stdout=subprocess.PIPE, text=True)
        if not any("Ready to accept connections" in line for line in self.process.stdout):
            raise RuntimeError("redis-server did not start")

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=DEADLINE)
        self.process.stdout.close()
        self.folder.cleanup()


class RedisDriver(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.client = redis.Redis(port=cls.server.port, socket_timeout=DEADLINE)
        cls.addClassCleanup(cls.client.close)

    def subscribe(self, *channels):
        subscriber = self.client.pubsub()
        self.addCleanup(subscriber.close)
        subscriber.subscribe(*channels)
        for _ in channels:
            self.assertEqual(subscriber.get_message(timeout=DEADLINE)["type"], "subscribe")
        return subscriber

    def run_program(self, *command):
        process = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE)
        self.assertEqual(process.returncode, 0, process.stdout + process.stderr)
        return process.stdout.splitlines()

    def emit(self, *arguments, prefix=""):
        """Sends as an operator does. Gives the report, one line for each channel."""
        options = {"driver": "redis", "port": self.server.port, "prefix": prefix}
        config = pathlib.Path(self.server.folder.name, "broadcasting.json")
        config.write_text(json.dumps({"connections": {"realtime": options}}))
        config.chmod(0o600)
        return self.run_program(BINARIES / "castdeck-cli", "emit", "--config", config, "--connection", "realtime",
                                *arguments)

    def expect(self, subscriber, channel, text):
        message = subscriber.get_message(timeout=DEADLINE)
        self.assertIsNotNone(message, f"nothing came on {channel}")
        self.assertEqual((message["type"], message["channel"].decode(), message["data"].decode()),
                         ("message", channel, text))

    def expect_nothing_more(self, subscriber, channel):
        """What was sent before comes before this."""
        self.client.publish(channel, "the end")
        self.expect(subscriber, channel, "the end")

    def test_an_event_class_arrives_in_an_envelope(self):
        subscriber = self.subscribe("releases")
        self.assertEqual(self.emit("--class", "NewRelease", "version=4.0.0"), ["releases: sent, 1 receiver"])
        self.expect(subscriber, "releases",
                    '{"event":"NewRelease","data":{"message":"Version 4.0.0 has been released !"},"socket":null}')
        self.expect_nothing_more(subscriber, "releases")

    def test_every_channel_gets_the_payload_as_it_was_written(self):
        subscriber = self.subscribe("a", "b")
        self.emit("a", "b", "edit", '{"n":12345678901234567890,"ä":[]}')
        for channel in ("a", "b"):
            self.expect(subscriber, channel, '{"event":"edit","data":{"n":12345678901234567890,"ä":[]},"socket":null}')
        self.expect_nothing_more(subscriber, "a")

    def test_the_prefix_stands_before_every_channel(self):
        subscriber = self.subscribe("app:a", "app:b", "a", "b")
        self.emit("a", "b", "edit", "{}", prefix="app:")
        for channel in ("app:a", "app:b"):
            self.expect(subscriber, channel, '{"event":"edit","data":{},"socket":null}')
        self.expect_nothing_more(subscriber, "a")

    def test_the_excluded_socket_is_named(self):
        subscriber = self.subscribe("a")
        self.emit("a", "edit", "{}", "--exclude", "4821.9047")
        self.expect(subscriber, "a", '{"event":"edit","data":{},"socket":"4821.9047"}')
        self.expect_nothing_more(subscriber, "a")

    def test_a_text_stays_a_json_string(self):
        subscriber = self.subscribe("a")
        self.emit("a", "edit", '"text"')
        self.expect(subscriber, "a", '{"event":"edit","data":"text","socket":null}')
        self.expect_nothing_more(subscriber, "a")

    def test_messages_without_an_event_arrive_verbatim_and_in_order(self):
        subscriber = self.subscribe("a", "b")
        self.run_program(BINARIES.parent / "tests/redis-sender", str(self.server.port))
        for text in ("message1", '{"spaces" :  "stay"}'):
            for channel in ("a", "b"):
                self.expect(subscriber, channel, text)
        self.expect_nothing_more(subscriber, "a")

    def test_many_channels_share_one_connection_and_few_packets(self):
        names = [f"many.{n}" for n in range(200)]
        subscriber = self.subscribe(*names)
        before = self.client.info("stats")
        self.assertEqual(self.emit(*names, "news", "[1]"), [f"{name}: sent, 1 receiver" for name in names])
        after = self.client.info("stats")
        for name in names:
            self.expect(subscriber, name, '{"event":"news","data":[1],"socket":null}')
        self.assertEqual(after["total_connections_received"] - before["total_connections_received"], 1)
        # Commands that wait for each other's answer would be read one by one.
        self.assertLess(after["total_reads_processed"] - before["total_reads_processed"], 20)


if __name__ == "__main__":
    qt_results.run()
