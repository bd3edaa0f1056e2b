/// Unmodified centrifuge-js clients, and waiting for what they tell.

import { Centrifuge } from 'centrifuge';
import WebSocket from 'ws';

import { tokenFor } from './centrifugo.js';
import { within } from './deadline.js';

/// What the emitter tells with the next such event.
export function called(what, emitter, event) {
    return within(new Promise((resolve) => emitter.once(event, resolve)), what);
}

/// A centrifuge-js client with these headers of a browser, disconnected again after the test.
export function client(t, centrifugo, { user, headers = {} } = {}) {
    class Socket extends WebSocket {
        constructor(url, protocols) {
            super(url, protocols, { headers });
        }
    }
    const options = { websocket: Socket, ...(user && { token: tokenFor(user) }) };
    const centrifuge = new Centrifuge(centrifugo.socketUrl, options);
    t.after(() => centrifuge.disconnect());
    return centrifuge;
}

/// Subscribed, with what arrives in `data`.
export async function join(centrifuge, channel) {
    const subscription = centrifuge.newSubscription(channel);
    subscription.data = [];
    subscription.on('publication', ({ data }) => subscription.data.push(data));
    const subscribed = called(`subscription to ${channel}`, subscription, 'subscribed');
    subscription.subscribe();
    centrifuge.connect();
    await subscribed;
    return subscription;
}

/// The code with which a subscription is refused for good.
export async function refusal(centrifuge, channel) {
    const subscription = centrifuge.newSubscription(channel);
    const refused = called(`refusal of ${channel}`, subscription, 'unsubscribed');
    subscription.subscribe();
    centrifuge.connect();
    return (await refused).code;
}
