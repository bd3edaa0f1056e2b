from masonite.broadcasting.providers import BroadcastProvider
from masonite.events.providers import EventProvider
from masonite.providers import ExceptionProvider, FrameworkProvider, RouteProvider

PROVIDERS = [FrameworkProvider, EventProvider, ExceptionProvider, BroadcastProvider, RouteProvider]
