from masonite.broadcasting import Broadcast
from masonite.routes import Route

ROUTES = [
    Route.post("/emit/plain", "EmitController@plain"),
    Route.post("/emit/several", "EmitController@several"),
    Route.post("/emit/event/@name", "EmitController@event"),
    Route.post("/pusher/user-auth", "BroadcastController@authorize"),
]

ROUTES += Broadcast.routes()
