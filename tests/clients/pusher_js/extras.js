/// Cache channels and subscription counts, which pusher-js 8 knows.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { next } from '../support/deadline.js';
import { connect, join } from '../support/stage.js';

export function extras({ name, Pusher, stage }) {
    for (const prefix of ['cache-', 'private-cache-', 'presence-cache-', 'private-encrypted-cache-']) {
        test(`IX1 ${name} hears that a ${prefix} channel is empty, then what was published last`, async (t) => {
            const first = await connect(t, Pusher, stage.options('ann'));
            const empty = first.subscribe(stage.channel(prefix));
            await next(empty, 'pusher:cache_miss');
            await stage.rest.trigger(empty.name, 'price', { euro: 1 });
            await stage.rest.trigger(empty.name, 'price', { euro: 2 });

            const second = await connect(t, Pusher, stage.options('bob'));
            const filled = second.subscribe(empty.name);
            filled.bind('pusher:cache_miss', () => assert.fail('the channel is not empty'));
            assert.deepEqual(await next(filled, 'price'), { euro: 2 });
        });
    }

    test(`IX1 ${name} knows how many are subscribed`, async (t) => {
        const ann = await connect(t, Pusher, stage.options('ann'));
        const bob = await connect(t, Pusher, stage.options('bob'));
        const channel = ann.subscribe(stage.channel());
        await next(channel, 'pusher:subscription_count', ({ subscription_count: count }) => count === 1);
        const two = next(channel, 'pusher:subscription_count', ({ subscription_count: count }) => count === 2);
        await join(bob, channel.name);
        await two;
        assert.equal(channel.subscriptionCount, 2);
        const one = next(channel, 'pusher:subscription_count', ({ subscription_count: count }) => count === 1);
        bob.disconnect();
        await one;
    });
}
