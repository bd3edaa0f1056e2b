from masonite.controllers import Controller
from masonite.facades import Broadcast
from masonite.request import Request

from app import broadcasts


class EmitController(Controller):
    """Makes the application broadcast."""

    def event(self, request: Request):
        event = getattr(broadcasts, request.param("name"))
        Broadcast.channel(event(**request.all()))
        return {}

    def plain(self, request: Request):
        Broadcast.channel("channel_name", "event_name", {"key": "value"})
        return {}

    def several(self, request: Request):
        Broadcast.channel(["channel1", "channel2"], "event_name", {"key": "value"})
        return {}
