/// The Masonite framework with its own driver `pusher` sends and signs, pusher-js 8 is the client. The application is
/// that of masonite/; the driver's options host, port and ssl are set in its config/broadcast.py.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import Pusher from 'pusher-js-8';

import { collect, next } from './support/deadline.js';
import { startMasonite } from './support/masonite.js';
import { connect, join, openStage } from './support/stage.js';
import { sentBy } from './support/sent.js';

const stage = await openStage();
after(() => stage.close());
const masonite = await startMasonite(stage.server.port);
after(() => masonite.close());

const frameworks = '/broadcasting/authorize'; // Signs whatever it is asked for.
const ours = '/pusher/user-auth'; // A controller of the application's own.

const client = (t, user, path = ours) => connect(t, Pusher, {
    ...stage.options(user),
    authEndpoint: `${masonite.url}${path}`,
    auth: { headers: { 'X-User': user } },
});

/// The events of a channel that are not of the protocol.
function eventsOf(channel) {
    const events = [];
    channel.bind_global((event, data) => event.startsWith('pusher:') || events.push({ event, data }));
    return events;
}

/// What was sent before has arrived once this has.
async function flush(channel) {
    const last = next(channel, 'last');
    await stage.rest.trigger(channel.name, 'last', {});
    await last;
}

test('IX4 Masonite: an event class by its own name, with its own data', async (t) => {
    const channel = await join(await client(t, 'ada'), 'users');
    const event = next(channel, 'UserAdded');
    await masonite.emit('event/UserAdded', { data: { name: 'Zoë' } });
    assert.deepEqual(await event, { name: 'Zoë' });
});

test('IX4 Masonite: a release is told to everybody, exactly once', async (t) => {
    const [ada, bob] = [await client(t, 'ada'), await client(t, 'bob')];
    const channels = [await join(ada, 'releases'), await join(bob, 'releases')];
    const events = channels.map(eventsOf);
    await masonite.emit('event/NewRelease', { data: { version: '4.0.0' } });
    await Promise.all(channels.map(flush));
    const expected = { event: 'NewRelease', data: { message: 'Version 4.0.0 has been released !' } };
    for (const received of events)
        assert.deepEqual(received.filter(({ event }) => event !== 'last'), [expected]);
});

test('IX4 Masonite: a plain name and data on one channel, and on two', async (t) => {
    const listener = await client(t, 'ada');
    const names = ['channel_name', 'channel1', 'channel2'];
    const channels = await Promise.all(names.map((name) => join(listener, name)));
    const events = channels.map((channel) => collect(channel, 'event_name'));
    await masonite.emit('plain');
    await masonite.emit('several');
    for (const received of events)
        assert.deepEqual(await received.until(1), [{ key: 'value' }]);
});

test('IX4 Masonite: private and presence channels get an event only from a user who is logged in', async (t) => {
    const listener = await client(t, 'ada');
    const room = stage.channel();
    const names = [room, `private-${room}`, `presence-${room}`];
    const channels = await Promise.all(names.map((name) => join(listener, name)));
    const events = channels.map((channel) => collect(channel, 'room.opened'));
    await masonite.emit('event/RoomOpened', { data: { room } });
    await Promise.all(channels.map(flush));
    assert.deepEqual(events.map(({ items }) => items.length), [1, 0, 0]);
    await masonite.emit('event/RoomOpened', { data: { room }, user: 'bob' });
    await Promise.all(channels.map(flush));
    assert.deepEqual(events.map(({ items }) => items.length), [2, 1, 1]);
    assert.deepEqual(events[2].items, [{ room }]);
});

test("IX1 Masonite: pusher-js joins with what the framework's route signs for private channels", async (t) => {
    const channel = await join(await client(t, '', frameworks), stage.channel('private-'));
    await flush(channel);
});

test("IX1 Masonite: the framework's route names no member, so pusher-js asks for no presence channel", async (t) => {
    const sent = sentBy(t, Pusher);
    const visitor = await client(t, 'ada', frameworks);
    const channel = visitor.subscribe(stage.channel('presence-'));
    await next(channel, 'pusher:subscription_error');
    assert.deepEqual(sent('pusher:subscribe'), []);
});

test('IX1 Masonite: pusher-js joins a presence channel with the member that the application signs', async (t) => {
    const ada = await join(await client(t, 'ada'), stage.channel('presence-'));
    assert.deepEqual(ada.members.me, { id: '1', info: { name: 'Ada' } });
    const added = next(ada, 'pusher:member_added');
    await join(await client(t, 'bob'), ada.name);
    assert.deepEqual(await added, { id: '2', info: { name: 'Bob' } });
});

test('IX1 Masonite: an alert to administrators reaches Ada', async (t) => {
    const channel = await join(await client(t, 'ada'), 'private-admins');
    const events = collect(channel, 'AdminUserAlert');
    const warning = { message: 'Some dependencies are outdated !', level: 'warning' };
    await masonite.emit('event/AdminUserAlert', { data: warning });
    await masonite.emit('event/AdminUserAlert', { data: { message: 'No level' } });
    assert.deepEqual(await events.until(2), [warning, { message: 'No level', level: 'error' }]);
});

for (const user of ['bob', 'nobody']) {
    test(`IX1 Masonite: an alert to administrators is refused to ${user}`, async (t) => {
        const sent = sentBy(t, Pusher);
        const visitor = await client(t, user);
        const channel = visitor.subscribe('private-admins');
        const events = eventsOf(channel);
        // The framework refuses with 200 and the text False, which pusher-js takes for an answer that it cannot read.
        const { type, error } = await next(channel, 'pusher:subscription_error');
        assert.equal(type, 'AuthError');
        assert.match(error, /False/);
        await masonite.emit('event/AdminUserAlert', { data: { message: 'Secret !' } });
        await flush(await join(visitor, stage.channel()));
        assert.equal(sent('pusher:subscribe').some((data) => data.channel === channel.name), false);
        assert.deepEqual(events, []);
    });
}
