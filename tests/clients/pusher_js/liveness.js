/// Staying connected, coming back, and knowing when not to.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { next } from '../support/deadline.js';
import { startRelay } from '../support/relay.js';
import { startServer } from '../support/server.js';
import { codeOf, connect, join, openStage } from '../support/stage.js';

const closedWith = (code) => (error) => error.type === 'WebSocketError' && codeOf(error) === code;

async function joinAll(client, stage) {
    const names = ['', 'private-', 'presence-'].map((prefix) => stage.channel(prefix));
    return Promise.all(names.map((name) => join(client, name)));
}

/// Each of the channels gets an event.
async function verifyDelivery(channels, stage) {
    const events = channels.map((channel) => next(channel, 'proof'));
    for (const channel of channels)
        await stage.rest.trigger(channel.name, 'proof', {});
    await Promise.all(events);
}

export function liveness({ name, Pusher, stage }) {
    test(`IX1 ${name} stays away after an unknown key, with the code 4001`, async (t) => {
        const client = new Pusher('no-such-key', stage.options('ann'));
        t.after(() => client.disconnect());
        const ended = [next(client.connection, 'error', closedWith(4001)), next(client.connection, 'disconnected')];
        await Promise.all(ended);
    });

    test(`IX1 ${name} gets an answer to its ping`, async (t) => {
        const client = await connect(t, Pusher, { ...stage.options('ann'), activityTimeout: 100 });
        await next(client.connection, 'message', ({ event }) => event === 'pusher:pong');
        assert.equal(client.connection.state, 'connected');
    });

    test(`IX1 ${name} changes at once to the server that takes over from one that stops`, async (t) => {
        const first = await startServer();
        t.after(() => first.close());
        const relay = await startRelay(first.port);
        t.after(() => relay.close());
        const own = await openStage();
        t.after(() => own.close());
        const client = await connect(t, Pusher, { ...own.options('ann'), wsPort: relay.port });
        const channels = await joinAll(client, own);

        const delay = next(client.connection, 'error', closedWith(4200)).then(async () => {
            const closed = performance.now();
            await next(client.connection, 'connecting');
            return performance.now() - closed;
        });
        const back = channels.map((channel) => next(channel, 'pusher:subscription_succeeded'));
        relay.target = own.server.port;
        await first.stop();
        assert.ok(await delay < 900, 'any other code makes the client wait for a second');
        await Promise.all(back);
        await verifyDelivery(channels, own);
    });

    describe('with the patience of the client', { concurrency: true }, () => {
        test(`IX1 ${name} comes back to a restarted server and to all its channels`, async (t) => {
            const own = await openStage();
            t.after(() => own.close());
            const client = await connect(t, Pusher, own.options('ann'));
            const channels = await joinAll(client, own);
            const before = client.connection.socket_id;

            // Whoever finds the port closed for a moment tries again when its first attempt, of 15 s, is over.
            const back = channels.map((channel) => next(channel, 'pusher:subscription_succeeded', () => true, 30_000));
            await own.server.restart();
            await Promise.all(back);
            assert.notEqual(client.connection.socket_id, before);
            await verifyDelivery(channels, own);
        });

        test(`IX1 ${name} is pinged by the server while events flow one way, and stays`, async (t) => {
            const own = await openStage({ settings: { activity_timeout: 10 } });
            t.after(() => own.close());
            const client = await connect(t, Pusher, own.options('ann'));
            const channel = await join(client, own.channel());
            // Each event resets the timer of the client, which therefore never pings by itself.
            const traffic = setInterval(() => own.rest.trigger(channel.name, 'tick', {}).catch(() => {}), 1_000);
            t.after(() => clearInterval(traffic));
            await next(client.connection, 'message', ({ event }) => event === 'pusher:ping', 20_000);
            await next(channel, 'tick');
            assert.equal(client.connection.state, 'connected');
        });
    });
}
