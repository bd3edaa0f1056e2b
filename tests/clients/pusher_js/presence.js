/// Presence channels as two users see each other, and whispers.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { collect, next, within } from '../support/deadline.js';
import { codeOf, connect, join } from '../support/stage.js';

export function presence({ name, Pusher, stage }) {
    test(`IX1 ${name} joins a presence channel and knows itself`, async (t) => {
        const client = await connect(t, Pusher, stage.options('ann'));
        const channel = await join(client, stage.channel('presence-'));
        assert.equal(channel.members.count, 1);
        assert.equal(channel.members.myID, 'ann');
        assert.deepEqual(channel.members.me, { id: 'ann', info: { name: 'ANN' } });
    });

    test(`IX1 ${name} sees a member come and go`, async (t) => {
        const ann = await connect(t, Pusher, stage.options('ann'));
        const bob = await connect(t, Pusher, stage.options('bob'));
        const here = await join(ann, stage.channel('presence-'));

        const added = next(here, 'pusher:member_added');
        const there = await join(bob, here.name);
        assert.deepEqual(await added, { id: 'bob', info: { name: 'BOB' } });
        assert.equal(here.members.count, 2);
        assert.deepEqual(Object.keys(there.members.members).sort(), ['ann', 'bob']);

        const removed = next(here, 'pusher:member_removed');
        bob.disconnect();
        assert.equal((await removed).id, 'bob');
        assert.equal(here.members.count, 1);
    });

    test(`IX1 ${name} sees a user with two connections once`, async (t) => {
        const ann = await connect(t, Pusher, stage.options('ann'));
        const here = await join(ann, stage.channel('presence-'));
        const added = collect(here, 'pusher:member_added');
        const removed = collect(here, 'pusher:member_removed');
        const tabs = [await connect(t, Pusher, stage.options('bob')), await connect(t, Pusher, stage.options('bob'))];
        for (const tab of tabs)
            assert.equal((await join(tab, here.name)).members.count, 2);

        tabs[0].unsubscribe(here.name);
        await join(tabs[0], stage.channel()); // Its success shows that the unsubscribe was read.
        assert.deepEqual(removed.items, []);
        tabs[1].disconnect();
        await removed.until(1);
        assert.deepEqual(added.items.map(({ id }) => id), ['bob']);
    });

    test(`IX1 ${name} whispers both ways on a presence channel`, async (t) => {
        const ann = await connect(t, Pusher, stage.options('ann'));
        const bob = await connect(t, Pusher, stage.options('bob'));
        const left = await join(ann, stage.channel('presence-'));
        const right = await join(bob, left.name);
        for (const [from, to, user] of [[left, right, 'ann'], [right, left, 'bob']]) {
            from.bind('client-typing', () => assert.fail('the whisper came back to its author'));
            const heard = within(
                new Promise((resolve) => to.bind('client-typing', (data, metadata) => resolve({ data, metadata }))),
                'whisper',
            );
            assert.ok(from.trigger('client-typing', { on: true, text: 'ä' }));
            const { data, metadata } = await heard;
            assert.deepEqual(data, { on: true, text: 'ä' });
            assert.equal(metadata.user_id, user);
            from.unbind('client-typing');
            to.unbind('client-typing');
        }
    });

    test(`IX1 ${name} whispers on a private channel`, async (t) => {
        const ann = await connect(t, Pusher, stage.options('ann'));
        const bob = await connect(t, Pusher, stage.options('bob'));
        const left = await join(ann, stage.channel('private-'));
        const right = await join(bob, left.name);
        const heard = next(right, 'client-moved');
        left.trigger('client-moved', { x: 1.5, y: -2 });
        assert.deepEqual(await heard, { x: 1.5, y: -2 });
    });

    test(`IX1 ${name} is told when it whispers where it must not`, async (t) => {
        const client = await connect(t, Pusher, stage.options('ann'));
        const error = next(client.connection, 'error');
        client.send_event('client-typing', {}, stage.channel('private-'));
        assert.equal(codeOf(await error), null);
        assert.equal(client.connection.state, 'connected');
    });
}
