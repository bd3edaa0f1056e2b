"""The framework's own driver `pusher`. Its documentation names driver, app_id, client, secret, cluster and ssl; its
source reads host and port as well, which send it to a server of one's own."""

import os

BROADCASTS = {
    "default": "pusher",
    "pusher": {
        "driver": "pusher",
        "app_id": os.environ["PUSHER_APP_ID"],
        "client": os.environ["PUSHER_CLIENT"],
        "secret": os.environ["PUSHER_SECRET"],
        "cluster": "eu",
        "ssl": False,
        "host": os.environ["PUSHER_HOST"],
        "port": int(os.environ["PUSHER_PORT"]),
    },
}
