"""The REST library `pusher` for Python: every call that it has for a server."""

import json
import queue
import subprocess
import threading
import unittest

import pusher

from support import qt_results

CHANNELS = ["room", "private-room", "presence-room", "private-encrypted-room"]
DEADLINE = 10


class Listener:
    """A server and a pusher-js client on CHANNELS; its events come out of next()."""

    def __init__(self):
        self.process = subprocess.Popen(["node", "support/listener.js", *CHANNELS], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()
        self.greeting = self.next()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(json.loads(line))
        self.lines.put(None)

    def next(self):
        line = self.lines.get(timeout=DEADLINE)
        assert line, "the listener has ended"
        return line

    def close(self):
        self.process.stdin.close()
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        assert code == 0, f"the listener ended with {code}"


def library(listener, **changes):
    app = listener.greeting["app"]
    options = {"app_id": app["id"], "key": app["key"], "secret": app["secret"], "host": "127.0.0.1",
               "port": listener.greeting["port"], "ssl": False, "encryption_master_key_base64": app["masterKey"]}
    return pusher.Pusher(**{**options, **changes})


class PythonRest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.listener = Listener()
        cls.addClassCleanup(cls.listener.close)
        cls.client = library(cls.listener)

    def expect(self, event, data):
        self.assertEqual(self.listener.next(), {"event": event, "data": data})

    def test_IX4_trigger(self):
        self.assertEqual(self.client.trigger("room", "news", {"text": "ä"}), {})
        self.expect("news", {"text": "ä"})
        self.client.trigger(["room", "private-room"], "news", "plain")
        self.expect("news", "plain")
        self.expect("news", "plain")

    def test_IX4_trigger_spares_the_excluded_socket(self):
        self.client.trigger("room", "own", {}, self.listener.greeting["socketId"])
        self.client.trigger("room", "other", {})
        self.expect("other", {})

    def test_IX4_trigger_batch(self):
        batch = [{"channel": "room", "name": "step", "data": {"n": n}} for n in range(10)]
        self.assertEqual(self.client.trigger_batch(batch), {})
        for n in range(10):
            self.expect("step", {"n": n})

    def test_IX4_channels_info(self):
        self.assertEqual(set(self.client.channels_info()["channels"]), set(CHANNELS))
        self.assertEqual(self.client.channels_info("presence-", ["user_count"]),
                         {"channels": {"presence-room": {"user_count": 1}}})

    def test_IX4_channel_info(self):
        self.assertEqual(self.client.channel_info("presence-room", ["user_count", "subscription_count"]),
                         {"occupied": True, "user_count": 1, "subscription_count": 1})
        self.assertEqual(self.client.channel_info("nowhere"), {"occupied": False})

    def test_IX4_users_info(self):
        self.assertEqual(self.client.users_info("presence-room"), {"users": [{"id": "ann"}]})

    def test_IX4_terminate_user_connections(self):
        listener = Listener()
        self.addCleanup(listener.close)
        self.assertEqual(library(listener).terminate_user_connections("ann"), {})
        self.assertEqual(listener.next(), {"state": "disconnected"})

    def test_IX4_EN1_EN3_encrypted_trigger_is_decrypted_by_pusher_js(self):
        self.client.trigger("private-encrypted-room", "secret", {"tea": "Darjeeling"})
        self.expect("secret", {"tea": "Darjeeling"})
        self.client.trigger("private-encrypted-room", "secret", "no JSON")
        self.expect("secret", "no JSON")

    def test_IX4_a_wrong_secret_is_refused(self):
        with self.assertRaises(pusher.errors.PusherBadAuth):
            library(self.listener, secret="wrong").trigger("room", "news", {})


if __name__ == "__main__":
    qt_results.run()
