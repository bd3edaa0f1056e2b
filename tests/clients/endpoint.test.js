/// The authorization endpoint of the server itself: pusher-js and laravel-echo ask it, by rules and actors of
/// broadcasting.json. There is no application beside it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, test } from 'node:test';
import { promisify } from 'node:util';

import Echo from 'laravel-echo';
import Pusher from 'pusher-js-8';

import { config, tokens } from './support/actors.js';
import { collect, next, within } from './support/deadline.js';
import { startProxy } from './support/proxy.js';
import { sentBy } from './support/sent.js';
import { app } from './support/server.js';
import { connect, connected, join, openStage } from './support/stage.js';

const stage = await openStage({ config, settings: { encryption_master_key_base64: app.masterKey } });
after(() => stage.close());
const proxy = await startProxy(stage.server.port); // Sees what the clients ask for.
after(() => proxy.close());

const headersOf = (actor) => (actor ? { Authorization: `Bearer ${tokens[actor]}` } : {});

/// `actor` is one of the server's, or nobody.
const client = (t, actor) => connect(t, Pusher, {
    cluster: 'mt1',
    wsHost: '127.0.0.1',
    wsPort: stage.server.port,
    forceTLS: false,
    enabledTransports: ['ws'],
    channelAuthorization: { endpoint: `${proxy.url}/pusher/auth`, headers: headersOf(actor) },
    userAuthentication: { endpoint: `${proxy.url}/pusher/user-auth`, headers: headersOf(actor) },
});

/// The error of a subscription that must fail without a subscribe frame.
async function refusal(t, actor, name) {
    const sent = sentBy(t, Pusher);
    const visitor = await client(t, actor);
    const error = await next(visitor.subscribe(name), 'pusher:subscription_error');
    await join(visitor, stage.channel()); // What was sent before has left before this.
    assert.equal(sent('pusher:subscribe').some(({ channel }) => channel === name), false);
    return error;
}

test('IX1 the endpoint lets an administrator join a private channel', async (t) => {
    const channel = await join(await client(t, 'ada'), 'private-admins');
    const event = next(channel, 'alert');
    await stage.rest.trigger(channel.name, 'alert', { id: 1 });
    assert.deepEqual(await event, { id: 1 });
});

const refused = [
    ['bob', 'private-admins'], ['', 'private-admins'], ['bob', 'private-1'], ['', 'private-1'], ['', 'presence-chat'],
];
for (const [actor, channel] of refused) {
    test(`IX1 the endpoint refuses ${channel} to ${actor || 'nobody'} with 403, no frame leaves`, async (t) => {
        const { type, status } = await refusal(t, actor, channel);
        assert.deepEqual({ type, status }, { type: 'AuthError', status: 403 });
    });
}

test('IX1 the endpoint lets each user join the channel of its own', async (t) => {
    await join(await client(t, 'ada'), 'private-1');
    await join(await client(t, 'bob'), 'private-2');
});

test('IX1 the endpoint names the members of a presence channel', async (t) => {
    const ada = await join(await client(t, 'ada'), stage.channel('presence-'));
    assert.deepEqual(ada.members.me, { id: '1', info: { name: 'Ada' } });
    const added = next(ada, 'pusher:member_added');
    await join(await client(t, 'bob'), ada.name);
    assert.deepEqual(await added, { id: '2', info: { name: 'Bob' } });
});

test('IX1 the endpoint signs users in', async (t) => {
    const visitor = await client(t, 'ada');
    const subscribed = next(visitor.connection, 'message', ({ event, channel }) =>
        event === 'pusher_internal:subscription_succeeded' && channel === '#server-to-user-1');
    visitor.signin();
    await subscribed;
    assert.deepEqual(visitor.user.user_data, { id: '1', user_info: { name: 'Ada' } });
    const event = next(visitor.user, 'mail');
    await stage.rest.sendToUser('1', 'mail', 'hello');
    assert.equal(await event, 'hello');
});

test('IX1 the endpoint signs nobody in who has no name', async (t) => {
    const sent = sentBy(t, Pusher);
    const visitor = await client(t, '');
    visitor.signin();
    await within(visitor.user.signinDonePromise, 'end of the sign-in');
    assert.equal(visitor.user.user_data, null);
    assert.deepEqual(sent('pusher:signin'), []);
    assert.equal(proxy.requests.at(-1).status, 403);
});

test('EN3 with the secret of the endpoint pusher-js reads what the libraries for node and Python send', async (t) => {
    const channel = await join(await client(t, 'ada'), stage.channel('private-encrypted-'));
    const events = collect(channel, 'secret');
    await stage.rest.trigger(channel.name, 'secret', { tea: 'Darjeeling ☕' });
    await events.until(1);
    const python = new URL('.venv/bin/python', import.meta.url).pathname;
    const script = new URL('support/trigger.py', import.meta.url).pathname;
    await promisify(execFile)(python, [script, String(stage.server.port), app.id, app.key, app.secret, app.masterKey,
        channel.name, 'secret', '{"tea":"Assam"}']);
    assert.deepEqual(await events.until(2), [{ tea: 'Darjeeling ☕' }, { tea: 'Assam' }]);
});

test('EN4 pusher-js asks the endpoint once more for the secret, then drops what it cannot read', async (t) => {
    const channel = await join(await client(t, 'ada'), stage.channel('private-encrypted-'));
    const events = collect(channel, 'secret');
    const requests = () => proxy.requests.filter(({ body }) => body.includes(channel.name));
    const stranger = stage.restLibrary({ encryptionMasterKeyBase64: Buffer.alloc(32).toString('base64') });
    await stranger.trigger(channel.name, 'secret', 'foreign');
    await stage.rest.trigger(channel.name, 'secret', 'genuine');
    assert.deepEqual(await events.until(1), ['genuine']);
    await join(await client(t, 'ada'), stage.channel('private-'));
    assert.equal(requests().length, 2);
    assert.deepEqual(events.items, ['genuine']);
});

/// As resources/js/echo.js has it. Without a page the paths are no paths but addresses.
async function echoOf(t, actor) {
    const echo = new Echo({
        broadcaster: 'reverb',
        Pusher,
        key: app.key,
        wsHost: '127.0.0.1',
        wsPort: stage.server.port,
        forceTLS: false,
        enabledTransports: ['ws', 'wss'],
        authEndpoint: `${proxy.url}/broadcasting/auth`,
        userAuthentication: { endpoint: `${proxy.url}/broadcasting/user-auth`, headers: {} },
        auth: { headers: {} }, // By default one object for all who use the library in a process.
        bearerToken: tokens[actor],
    });
    t.after(() => echo.disconnect());
    await connected(echo.connector.pusher);
    return echo;
}

const called = (what, bind) => within(new Promise(bind), what);

test('IX2 laravel-echo joins private, presence and encrypted channels by the endpoint', async (t) => {
    const [ada, bob] = [await echoOf(t, 'ada'), await echoOf(t, 'bob')];
    const admins = ada.private('admins');
    await called('subscription', (resolve) => admins.subscribed(resolve));
    const { status } = await called('refusal', (resolve) => bob.private('admins').error(resolve));
    assert.equal(status, 403);

    const room = stage.channel();
    assert.deepEqual(await called('here', (resolve) => ada.join(room).here(resolve)), [{ name: 'Ada' }]);
    const vault = ada.encryptedPrivate(room);
    const secret = called('event', (resolve) => vault.listen('.secret', resolve));
    await called('subscription', (resolve) => vault.subscribed(resolve));
    await stage.rest.trigger(`private-encrypted-${room}`, 'secret', { tea: 1 });
    assert.deepEqual(await secret, { tea: 1 });
    const { method, path } = proxy.requests.at(-1);
    assert.deepEqual({ method, path }, { method: 'POST', path: '/broadcasting/auth' });
});

test('IX2 laravel-echo signs in by the endpoint', async (t) => {
    const echo = await echoOf(t, 'bob');
    echo.connector.signin();
    await within(echo.connector.pusher.user.signinDonePromise, 'sign-in');
    assert.deepEqual(echo.connector.pusher.user.user_data, { id: '2', user_info: { name: 'Bob' } });
    assert.equal(proxy.requests.at(-1).path, '/broadcasting/user-auth');
});

/// The last one, since the others use the first master key.
test('EN4 pusher-js reads on with the secret that the endpoint has after a change of the master key', async (t) => {
    const channel = await join(await client(t, 'ada'), stage.channel('private-encrypted-'));
    const secret = async () => {
        const body = new URLSearchParams({ socket_id: '1.1', channel_name: channel.name });
        return (await (await fetch(`${proxy.url}/pusher/auth`, { method: 'POST', body })).json()).shared_secret;
    };
    const before = await secret();
    const masterKey = Buffer.alloc(32, 1).toString('base64');
    await stage.server.configure({ encryption_master_key_base64: masterKey }, config);
    stage.server.reload();
    const changed = async () => {
        while (await secret() === before);
    };
    await within(changed(), 'secret of the changed master key');
    const events = collect(channel, 'secret');
    const rest = stage.restLibrary({ encryptionMasterKeyBase64: masterKey });
    await rest.trigger(channel.name, 'secret', 'after the change');
    assert.deepEqual(await events.until(1), ['after the change']);
});
