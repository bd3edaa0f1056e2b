/// The REST library `pusher` for node: every call that it has for a server.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import Pusher from 'pusher-js-8';

import { collect, next, within } from './support/deadline.js';
import { app } from './support/server.js';
import { connect, join, openStage } from './support/stage.js';

const stage = await openStage();
after(() => stage.close());

const { rest } = stage;
const subscriber = (t, user = 'ann') => connect(t, Pusher, stage.options(user));

async function get(path, params) {
    const response = await rest.get({ path, params });
    assert.equal(response.status, 200);
    return response.json();
}

test('IX4 node: trigger reaches one channel', async (t) => {
    const channel = await join(await subscriber(t), stage.channel());
    const event = next(channel, 'news');
    const response = await rest.trigger(channel.name, 'news', { text: 'ä' });
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), {});
    assert.deepEqual(await event, { text: 'ä' });
});

test('IX4 node: trigger reaches 100 channels', async (t) => {
    const client = await subscriber(t);
    const names = Array.from({ length: 100 }, () => stage.channel());
    const channels = await Promise.all(names.map((name) => join(client, name)));
    const events = channels.map((channel) => next(channel, 'news'));
    await rest.trigger(names, 'news', 7);
    assert.deepEqual(await Promise.all(events), names.map(() => 7));
});

test('IX4 node: trigger tells the counts that it is asked for', async (t) => {
    const client = await subscriber(t);
    const room = await join(client, stage.channel());
    const lobby = await join(client, stage.channel('presence-'));
    const info = { info: 'subscription_count,user_count' };
    const response = await rest.trigger([room.name, lobby.name], 'news', {}, info);
    const { channels } = await response.json();
    assert.deepEqual(channels[room.name], { subscription_count: 1 });
    assert.equal(channels[lobby.name].user_count, 1);
});

test('IX4 node: triggerBatch keeps its order', async (t) => {
    const channel = await join(await subscriber(t), stage.channel());
    const events = collect(channel, 'step');
    const steps = Array.from({ length: 10 }, (_, n) => ({ n }));
    await rest.triggerBatch(steps.map((data) => ({ channel: channel.name, name: 'step', data })));
    assert.deepEqual(await events.until(10), steps);
});

test('IX4 node: channels lists what is occupied', async (t) => {
    const client = await subscriber(t);
    const room = await join(client, stage.channel());
    const lobby = await join(client, stage.channel('presence-'));
    const all = await get('/channels');
    assert.deepEqual(all.channels[room.name], {});
    assert.deepEqual(all.channels[lobby.name], {});
    const lobbies = await get('/channels', { filter_by_prefix: 'presence-', info: 'user_count' });
    assert.deepEqual(lobbies.channels[lobby.name], { user_count: 1 });
    assert.equal(room.name in lobbies.channels, false);
});

test('IX4 node: channel tells of one', async (t) => {
    const lobby = await join(await subscriber(t), stage.channel('presence-'));
    const answer = await get(`/channels/${lobby.name}`, { info: 'user_count,subscription_count' });
    assert.deepEqual(answer, { occupied: true, user_count: 1, subscription_count: 1 });
    assert.deepEqual(await get(`/channels/${stage.channel()}`), { occupied: false });
});

test('IX4 node: users lists the members once each', async (t) => {
    const name = stage.channel('presence-');
    for (const user of ['ann', 'bob', 'bob'])
        await join(await subscriber(t, user), name);
    const { users } = await get(`/channels/${name}/users`);
    assert.deepEqual(users.map(({ id }) => id).sort(), ['ann', 'bob']);
});

test('IX4 node: sendToUser and terminateUserConnections reach a user', async (t) => {
    const userAuthentication = { endpoint: `${stage.site.url}/pusher/user-auth`, params: { user: 'eve' } };
    const client = await connect(t, Pusher, { ...stage.options('eve'), userAuthentication });
    const subscribed = next(client.connection, 'message', ({ channel }) => channel === '#server-to-user-eve');
    client.signin();
    await subscribed;
    const event = next(client.user, 'mail');
    await rest.sendToUser('eve', 'mail', 'hello');
    assert.equal(await event, 'hello');
    const ended = next(client.connection, 'disconnected');
    const response = await rest.terminateUserConnections('eve');
    assert.equal(response.status, 200);
    await ended;
});

test('IX4 node: the server accepts what authorizeChannel and authenticateUser sign', async (t) => {
    const client = await connect(t, Pusher, {
        ...stage.options('ann'),
        channelAuthorization: {
            customHandler: ({ socketId, channelName }, callback) => {
                const member = { user_id: 'ann', user_info: { name: 'Ännchen' } };
                callback(null, rest.authorizeChannel(socketId, channelName, member));
            },
        },
        userAuthentication: {
            customHandler: ({ socketId }, callback) => callback(null, rest.authenticateUser(socketId, { id: 'ann' })),
        },
    });
    await join(client, stage.channel('private-'));
    const lobby = await join(client, stage.channel('presence-'));
    assert.deepEqual(lobby.members.me, { id: 'ann', info: { name: 'Ännchen' } });
    const vault = await join(client, stage.channel('private-encrypted-'));
    const event = next(vault, 'secret');
    await rest.trigger(vault.name, 'secret', { tea: 1 });
    assert.deepEqual(await event, { tea: 1 });
    client.signin();
    await within(client.user.signinDonePromise, 'sign-in');
    assert.equal(client.user.user_data.id, 'ann');
});

test('IX4 node: a wrong secret is refused with 401', async () => {
    const stranger = stage.restLibrary({ secret: `${app.secret}?` });
    await assert.rejects(stranger.trigger(stage.channel(), 'news', {}), { status: 401 });
});

test('IX4 node: a channel name that the server refuses is an error with its text', async () => {
    await assert.rejects(rest.get({ path: '/channels/no%20name' }), (error) => error.status === 400 && /name/i.test(error.body));
});
