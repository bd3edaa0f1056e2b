from masonite.middleware import Middleware


class User:
    def __init__(self, id, name, role):
        self.id = id
        self.name = name
        self.role = role


USERS = {"ada": User(1, "Ada", "admin"), "bob": User(2, "Bob", "basic")}


class KnowUser(Middleware):
    """Stands for a login: the header X-User says who asks."""

    def before(self, request, response):
        return request.set_user(USERS.get(request.header("X-User")))

    def after(self, request, response):
        return request
