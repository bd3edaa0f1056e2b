"""Sends one event with the REST library for Python: PORT ID KEY SECRET MASTER-KEY CHANNEL EVENT JSON."""

import json
import sys

import pusher

port, app, key, secret, master, channel, event, data = sys.argv[1:]
pusher.Pusher(app_id=app, key=key, secret=secret, host="127.0.0.1", port=int(port), ssl=False,
              encryption_master_key_base64=master).trigger(channel, event, json.loads(data))
