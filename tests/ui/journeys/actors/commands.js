/// What an actor can be told to do.

import { next, within } from '../../../clients/support/deadline.js';
import { Echo, Pusher, RestLibrary, WebSocket } from '../../../clients/support/libraries.js';
import { startEndpoint } from './endpoint.js';

function optionsOf({ port, auth }) {
    return {
        cluster: 'mt1',
        wsHost: '127.0.0.1',
        wsPort: port,
        forceTLS: false,
        enabledTransports: ['ws'],
        disableStats: true,
        ...(auth ? { channelAuthorization: auth, userAuthentication: auth } : {}),
    };
}

async function connected(client) {
    if (client.connection.state !== 'connected')
        await next(client.connection, 'connected');
    return { socketId: client.connection.socket_id };
}

/// A plain WebSocket that joins channels and tells each frame as it came: libraries parse the data, this does not.
class Plain {
    constructor({ port, key }, tell) {
        this.socket = new WebSocket(`ws://127.0.0.1:${port}/app/${key}?protocol=7`);
        this.waiting = new Map();
        this.established = new Promise((resolve) => this.waiting.set('pusher:connection_established', resolve));
        this.socket.on('message', (bytes) => this.take(JSON.parse(bytes), tell));
    }

    take(frame, tell) {
        const key = frame.event + (frame.channel ?? '');
        if (this.waiting.has(key))
            this.waiting.get(key)(frame);
        else if (frame.event === 'pusher:ping')
            this.send('pusher:pong', {});
        else if (!frame.event.startsWith('pusher'))
            tell(frame);
    }

    send(event, data) {
        this.socket.send(JSON.stringify({ event, data }));
    }

    async join(channel, auth = {}) {
        const joined = new Promise((resolve) => {
            this.waiting.set(`pusher_internal:subscription_succeeded${channel}`, resolve);
        });
        this.send('pusher:subscribe', { channel, ...auth });
        await within(joined, `subscription of ${channel}`);
    }
}

/// Clients of the server, each under a name: {"do": "open", "client": "phone", "port": 6001, "key": "..."}.
export function clients(print) {
    const all = new Map();
    const find = (client) => all.get(client) ?? fail(`there is no client ${client}`);
    const fail = (text) => {
        throw new Error(text);
    };

    return {
        async open({ client, key, ...fields }) {
            const pusher = new Pusher(key, optionsOf(fields));
            all.set(client, pusher);
            pusher.connection.bind('state_change', ({ current }) => print({ client, state: current }));
            pusher.connection.bind('error', (error) => print({ client, failure: error.error?.data ?? error }));
            return connected(pusher);
        },

        async openEcho({ client, key, ...fields }) {
            const echo = new Echo({ broadcaster: 'pusher', Pusher, key, ...optionsOf(fields) });
            all.set(client, echo);
            return connected(echo.connector.pusher);
        },

        async openPlain({ client, ...fields }) {
            const plain = new Plain(fields, ({ channel, event, data }) => print({ client, channel, event, data }));
            all.set(client, plain);
            const { data } = await within(plain.established, 'connection');
            return { socketId: JSON.parse(data).socket_id };
        },

        /// Joins, and tells what is heard there. `waits: false` comes back before the server has answered.
        async join({ client, channel: name, waits = true, auth }) {
            const joining = find(client);
            if (joining instanceof Plain)
                return joining.join(name, auth);
            const channel = joining.subscribe(name);
            channel.bind_global((event, data) => {
                if (!event.startsWith('pusher'))
                    print({ client, channel: name, event, data });
            });
            if (!waits)
                return {};
            const refused = next(channel, 'pusher:subscription_error').then(({ status }) => fail(`refused: ${status}`));
            refused.catch(() => {});
            await Promise.race([next(channel, 'pusher:subscription_succeeded'), refused]);
            return {};
        },

        /// Runs a line of code as people paste it from the window, with `Echo`, `pusher` and `heard` in reach. What
        /// the line's function is called with is told as {"client": ..., "heard": ...}.
        async run({ client, code, channel }) {
            const target = find(client);
            const heard = (data) => print({ client, heard: data });
            // eslint-disable-next-line no-new-func -- that the pasted line runs as it stands is what is tested.
            new Function('Echo', 'pusher', 'console', code)(target, target, { log: (...all_) => heard(all_.at(-1)) });
            if (channel)
                await within(new Promise((resolve) => target.channel(channel).subscribed(resolve)), 'subscription');
            return {};
        },

        /// So many plain sockets on one channel that only count what they hear.
        async openCrowd({ client, sockets, channel, ...fields }) {
            const crowd = { heard: 0, members: [] };
            all.set(client, crowd);
            for (let i = 0; i < sockets; ++i) {
                const plain = new Plain(fields, () => {});
                await within(plain.established, 'connection');
                await plain.join(channel);
                plain.socket.removeAllListeners('message');
                plain.socket.on('message', (bytes) => {
                    if (!bytes.includes('"event":"pusher'))
                        crowd.heard += 1;
                    else if (bytes.includes('pusher:ping'))
                        plain.send('pusher:pong', {});
                });
                crowd.members.push(plain);
            }
            return {};
        },

        async crowdHeard({ client }) {
            return { heard: find(client).heard };
        },

        async clientEvent({ client, channel, event, data }) {
            return { isSent: find(client).channel(channel).trigger(event, data) };
        },

        async close({ client }) {
            const closing = find(client);
            (closing instanceof Plain ? closing.socket : closing)[closing instanceof Plain ? 'close' : 'disconnect']();
            return {};
        },
    };
}

/// What stands beside the server: the REST library for node, and an authorization endpoint.
export function rest() {
    return {
        endpoint: startEndpoint,

        async trigger({ app, port, channels, event, data, params }) {
            const library = new RestLibrary({ ...app, host: '127.0.0.1', port });
            const response = await library.trigger(channels, event, data, params);
            return { status: response.status, body: await response.text() };
        },
    };
}
