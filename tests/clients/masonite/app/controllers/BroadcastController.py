from masonite.broadcasting import Broadcast
from masonite.controllers import Controller
from masonite.helpers import optional
from masonite.request import Request


class BroadcastController(Controller):
    """The application's own authorization, in the form that the framework's documentation has."""

    def authorize(self, request: Request, broadcast: Broadcast):
        channel = request.input("channel_name")
        socket_id = request.input("socket_id")
        if channel == "private-admins" and optional(request.user()).role != "admin":
            return False
        if channel.startswith("presence-"):
            return self.member(request, broadcast, channel, socket_id)
        return broadcast.driver("pusher").authorize(channel, socket_id)

    def member(self, request, broadcast, channel, socket_id):
        """The driver signs no member data, without which no client joins; its connection does."""
        user = request.user()
        if not user:
            return False
        member = {"user_id": str(user.id), "user_info": {"name": user.name}}
        return broadcast.driver("pusher").get_connection().authenticate(channel, socket_id, member)
