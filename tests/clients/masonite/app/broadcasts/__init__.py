"""Events in each of the forms that the framework's documentation has."""

from masonite.broadcasting import CanBroadcast, Channel, PresenceChannel, PrivateChannel


class UserAdded(CanBroadcast):
    """Name and data by default: those of the class."""

    def __init__(self, name):
        self.name = name

    def broadcast_on(self):
        return Channel("users")


class NewRelease(CanBroadcast):
    def __init__(self, version):
        self.version = version

    def broadcast_on(self):
        return Channel("releases")

    def broadcast_with(self):
        return {"message": f"Version {self.version} has been released !"}


class AdminUserAlert(CanBroadcast):
    def __init__(self, message, level="error"):
        self.message = message
        self.level = level

    def broadcast_on(self):
        return Channel("private-admins")

    def broadcast_with(self):
        return {"message": self.message, "level": self.level}


class RoomOpened(CanBroadcast):
    """On three channels, two of which are for users only."""

    def __init__(self, room):
        self.room = room

    def broadcast_on(self):
        return [Channel(self.room), PrivateChannel(self.room), PresenceChannel(self.room)]

    def broadcast_as(self):
        return "room.opened"
