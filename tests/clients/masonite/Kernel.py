"""Where the parts of the application are, and what every route passes through."""

from masonite.configuration.Configuration import Configuration
from masonite.routes import Route
from masonite.utils.structures import load

from app.middlewares.KnowUser import KnowUser


class Kernel:
    def __init__(self, app):
        self.application = app

    def register(self):
        self.application.bind("config.location", "config")
        configuration = Configuration(self.application)
        configuration.load()
        self.application.bind("config", configuration)
        self.application.bind("controllers.location", "app/controllers")
        Route.set_controller_locations("app/controllers")
        self.application.make("middleware").add({"web": [KnowUser]})
        routes = load("routes.web", "ROUTES")
        self.application.make("router").add(Route.group(routes, middleware=["web"]))
