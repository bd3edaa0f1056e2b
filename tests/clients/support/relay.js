/// A load balancer of the simplest kind: hands each TCP connection on to the port that is current.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export async function startRelay(port) {
    const sockets = new Set();
    const relay = { target: port };
    const listener = createServer((client) => {
        const upstream = connect(relay.target, '127.0.0.1');
        for (const [socket, other] of [[client, upstream], [upstream, client]]) {
            sockets.add(socket);
            socket.on('error', () => other.destroy());
            socket.on('close', () => sockets.delete(socket));
            socket.pipe(other);
        }
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    relay.port = listener.address().port;
    relay.close = () => {
        sockets.forEach((socket) => socket.destroy());
        listener.close();
    };
    return relay;
}
