/// laravel-echo 2 on pusher-js 8, with the answers that Laravel's authorisation routes give.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import Echo from 'laravel-echo';
import Pusher from 'pusher-js-8';

import { next, within } from './support/deadline.js';
import { app } from './support/server.js';
import { connected, openStage } from './support/stage.js';

const stage = await openStage();
after(() => stage.close());

/// As resources/js/echo.js of a Laravel application has it, for the user named by a header.
async function open(t, broadcaster, user) {
    const echo = new Echo({
        broadcaster,
        Pusher,
        key: app.key,
        ...(broadcaster === 'pusher' ? { cluster: 'mt1' } : {}),
        wsHost: '127.0.0.1',
        wsPort: stage.server.port,
        forceTLS: false,
        enabledTransports: ['ws', 'wss'],
        authEndpoint: `${stage.site.url}/broadcasting/auth`,
        userAuthentication: { endpoint: `${stage.site.url}/broadcasting/user-auth`, headers: { 'X-User': user } },
        auth: { headers: { 'X-User': user } },
        csrfToken: 'token-of-the-page',
        bearerToken: 'token-of-the-user',
    });
    t.after(() => echo.disconnect());
    await connected(echo.connector.pusher);
    return echo;
}

/// The data of the first call of a callback that `bind` is given.
function called(what, bind) {
    return within(new Promise(bind), what);
}

const subscribed = (channel) => called('subscription', (resolve) => channel.subscribed(resolve));

for (const broadcaster of ['reverb', 'pusher']) {
    const name = `laravel-echo 2 (${broadcaster})`;

    test(`IX2 ${name} listens on a public channel, in a namespace and with the dot`, async (t) => {
        const echo = await open(t, broadcaster, 'ann');
        const room = stage.channel();
        const channel = echo.channel(room);
        const spaced = called('event', (resolve) => channel.listen('OrderShipped', resolve));
        const dotted = called('event', (resolve) => channel.listen('.order.shipped', resolve));
        const nested = called('event', (resolve) => channel.listen('Shop.OrderPaid', resolve));
        await subscribed(channel);
        await stage.rest.trigger(room, 'App\\Events\\OrderShipped', { id: 1 });
        await stage.rest.trigger(room, 'order.shipped', { id: 2 });
        await stage.rest.trigger(room, 'App\\Events\\Shop\\OrderPaid', { id: 3 });
        assert.deepEqual(await Promise.all([spaced, dotted, nested]), [{ id: 1 }, { id: 2 }, { id: 3 }]);
    });

    test(`IX2 ${name} joins a private channel with the page's tokens`, async (t) => {
        const echo = await open(t, broadcaster, 'ann');
        const room = stage.channel();
        const channel = echo.private(room);
        const event = called('event', (resolve) => channel.listen('.news', resolve));
        await subscribed(channel);
        await stage.rest.trigger(`private-${room}`, 'news', { id: 1 });
        assert.deepEqual(await event, { id: 1 });
        const { path, headers } = stage.site.requests.find(({ fields }) => fields.channel_name === `private-${room}`);
        assert.equal(path, '/broadcasting/auth');
        assert.equal(headers['x-csrf-token'], 'token-of-the-page');
        assert.equal(headers.authorization, 'Bearer token-of-the-user');
    });

    test(`IX2 ${name} joins a presence channel: here, joining, leaving`, async (t) => {
        const ann = await open(t, broadcaster, 'ann');
        const bob = await open(t, broadcaster, 'bob');
        const room = stage.channel();
        const lobby = ann.join(room);
        const here = await called('here', (resolve) => lobby.here(resolve));
        assert.deepEqual(here, [{ name: 'ANN' }]);

        const joining = called('joining', (resolve) => lobby.joining(resolve));
        const both = await called('here', (resolve) => bob.join(room).here(resolve));
        assert.deepEqual(await joining, { name: 'BOB' });
        assert.deepEqual(both.map((member) => member.name).sort(), ['ANN', 'BOB']);

        const leaving = called('leaving', (resolve) => lobby.leaving(resolve));
        bob.leave(room);
        assert.deepEqual(await leaving, { name: 'BOB' });
    });

    test(`IX2 ${name} whispers on private and presence channels`, async (t) => {
        const ann = await open(t, broadcaster, 'ann');
        const bob = await open(t, broadcaster, 'bob');
        for (const kind of ['private', 'join']) {
            const room = stage.channel();
            const [speaker, listener] = [ann[kind](room), bob[kind](room)];
            const heard = called('whisper', (resolve) => listener.listenForWhisper('typing', resolve));
            await Promise.all([subscribed(speaker), subscribed(listener)]);
            speaker.whisper('typing', { name: 'Ann' });
            assert.deepEqual(await heard, { name: 'Ann' });
        }
    });

    test(`IX2 ${name} decrypts on an encrypted channel`, async (t) => {
        const echo = await open(t, broadcaster, 'ann');
        const room = stage.channel();
        const channel = echo.encryptedPrivate(room);
        const event = called('event', (resolve) => channel.listen('.secret', resolve));
        await subscribed(channel);
        await stage.rest.trigger(`private-encrypted-${room}`, 'secret', { tea: 1 });
        assert.deepEqual(await event, { tea: 1 });
    });

    test(`IX2 ${name} is spared its own event through its socket id`, async (t) => {
        const author = await open(t, broadcaster, 'ann');
        const room = stage.channel();
        const channel = author.channel(room);
        channel.listen('.edit', () => assert.fail('the event came back to its author'));
        const done = called('event', (resolve) => channel.listen('.done', resolve));
        await subscribed(channel);
        await stage.rest.trigger(room, 'edit', {}, { socket_id: author.socketId() });
        await stage.rest.trigger(room, 'done', {});
        await done;
    });

    test(`IX2 ${name} leaves all forms of a channel`, async (t) => {
        const echo = await open(t, broadcaster, 'ann');
        const room = stage.channel();
        await Promise.all([echo.channel(room), echo.private(room), echo.join(room)].map(subscribed));
        echo.leave(room);
        await subscribed(echo.channel(stage.channel())); // Its success shows that the unsubscribes were read.
        const { channels } = await (await stage.rest.get({ path: '/channels' })).json();
        assert.deepEqual(Object.keys(channels).filter((channel) => channel.endsWith(room)), []);
    });

    test(`IX2 ${name} signs in`, async (t) => {
        const echo = await open(t, broadcaster, 'ann');
        const { pusher } = echo.connector;
        const success = next(pusher.connection, 'message', ({ event }) => event === 'pusher:signin_success');
        echo.connector.signin();
        await success;
        assert.equal(stage.site.requests.at(-1).path, '/broadcasting/user-auth');
    });
}
