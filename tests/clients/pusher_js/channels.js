/// Connecting, and channels of every kind that needs no members.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { next } from '../support/deadline.js';
import { connect, join } from '../support/stage.js';

export function channels({ name, Pusher, stage }) {
    test(`IX1 ${name} connects and passes through its states`, async (t) => {
        const client = new Pusher('clients-key', stage.options('ann'));
        t.after(() => client.disconnect());
        const states = [client.connection.state];
        client.connection.bind('state_change', ({ current }) => states.push(current));
        await next(client.connection, 'connected');
        assert.match(client.connection.socket_id, /^\d+\.\d+$/);
        client.disconnect();
        assert.deepEqual(states, ['connecting', 'connected', 'disconnected']);
    });

    test(`IX1 ${name} receives an event of a public channel`, async (t) => {
        const client = await connect(t, Pusher, stage.options('ann'));
        const channel = await join(client, stage.channel());
        const event = next(channel, 'greeting');
        await stage.rest.trigger(channel.name, 'greeting', { text: 'Grüße', big: '9007199254740993' });
        assert.deepEqual(await event, { text: 'Grüße', big: '9007199254740993' });
    });

    test(`IX1 ${name} receives data that is no JSON as the text it is`, async (t) => {
        const client = await connect(t, Pusher, stage.options('ann'));
        const channel = await join(client, stage.channel());
        const event = next(channel, 'App\\Events\\Greeting');
        await stage.rest.trigger(channel.name, 'App\\Events\\Greeting', 'plain text');
        assert.equal(await event, 'plain text');
    });

    test(`IX1 ${name} joins a private channel`, async (t) => {
        const client = await connect(t, Pusher, stage.options('ann'));
        const channel = await join(client, stage.channel('private-'));
        const event = next(channel, 'secret');
        await stage.rest.trigger(channel.name, 'secret', [1, 2, 3]);
        assert.deepEqual(await event, [1, 2, 3]);
    });

    test(`IX1 ${name} hears of a refusal by its own site`, async (t) => {
        const client = await connect(t, Pusher, stage.options('ann'));
        const refusal = await next(client.subscribe(stage.channel('private-forbidden-')), 'pusher:subscription_error');
        // 4.x hands over the status alone.
        assert.equal(refusal.status ?? refusal, 403);
    });

    test(`IX1 ${name} hears of a refusal by the server and stays connected`, async (t) => {
        const client = await connect(t, Pusher, stage.options('ann'));
        const error = next(client.connection, 'error');
        const channel = client.subscribe(stage.channel('private-forged-'));
        const refusal = await next(channel, 'pusher:subscription_error');
        assert.equal(refusal.type, 'AuthError');
        assert.equal(refusal.status, 401);
        await error;
        assert.equal(channel.subscribed, false);
        await join(client, stage.channel('private-'));
    });

    test(`IX1 ${name} receives nothing of a channel it left`, async (t) => {
        const client = await connect(t, Pusher, stage.options('ann'));
        const left = await join(client, stage.channel('private-'));
        const kept = await join(client, stage.channel('private-'));
        left.bind('news', () => assert.fail('an event of the channel that was left'));
        client.unsubscribe(left.name);
        // The answer to this second subscribe shows that the unsubscribe has arrived.
        await join(client, stage.channel());
        const event = next(kept, 'news');
        await stage.rest.trigger([left.name, kept.name], 'news', {});
        await event;
        const { channels: occupied } = await (await stage.rest.get({ path: '/channels' })).json();
        assert.ok(kept.name in occupied && !(left.name in occupied));
    });

    test(`IX1 ${name} is spared the event that it caused itself`, async (t) => {
        const [author, reader] = [
            await connect(t, Pusher, stage.options('ann')),
            await connect(t, Pusher, stage.options('bob')),
        ];
        const name = stage.channel();
        const own = await join(author, name);
        const others = await join(reader, name);
        own.bind('edit', () => assert.fail('the event came back to its author'));
        const seen = [next(others, 'edit'), next(own, 'done')];
        await stage.rest.trigger(name, 'edit', {}, { socket_id: author.connection.socket_id });
        await stage.rest.trigger(name, 'done', {});
        await Promise.all(seen);
    });
}
