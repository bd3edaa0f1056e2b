/// End-to-end encrypted channels: the server passes on what it cannot read.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';

import { collect, next, within } from '../support/deadline.js';
import { connect, join } from '../support/stage.js';

export function encrypted({ name, Pusher, stage }) {
    const requestsFor = ({ name: channel }) =>
        stage.site.requests.filter(({ fields }) => fields.channel_name === channel).length;

    /// Resolves when the site has answered so many requests for the secret of the channel.
    function answersFor(channel, count) {
        const answered = new Promise((resolve) => {
            stage.site.http.on('request', (_, response) => {
                response.once('finish', () => requestsFor(channel) === count && resolve());
            });
        });
        return within(answered, `answer ${count} of the site`);
    }

    test(`EN1 EN3 ${name} decrypts an event that only its envelope shows on the wire`, async (t) => {
        const client = await connect(t, Pusher, stage.options('ann'));
        const channel = await join(client, stage.channel('private-encrypted-'));
        const wire = next(client.connection, 'message', ({ event }) => event === 'secret');
        const event = next(channel, 'secret');
        await stage.rest.trigger(channel.name, 'secret', { tea: 'Darjeeling ☕' });
        assert.deepEqual(await event, { tea: 'Darjeeling ☕' });
        assert.deepEqual(Object.keys((await wire).data).sort(), ['ciphertext', 'nonce']);
    });

    test(`EN4 ${name} asks once more for the secret, then drops what it cannot decrypt`, async (t) => {
        const client = await connect(t, Pusher, stage.options('ann'));
        const channel = await join(client, stage.channel('private-encrypted-'));
        const events = collect(channel, 'secret');
        const asked = within(once(stage.site.http, 'request'), 'second request for the secret');
        const stranger = stage.restLibrary({ encryptionMasterKeyBase64: Buffer.alloc(32).toString('base64') });
        await stranger.trigger(channel.name, 'secret', 'foreign');
        await asked;
        await stage.rest.trigger(channel.name, 'secret', 'genuine');
        assert.deepEqual(await events.until(1), ['genuine']);
        assert.equal(requestsFor(channel), 2);
    });

    test(`EN5 ${name} drops what is forged or cut off, and goes on`, async (t) => {
        const client = await connect(t, Pusher, stage.options('ann'));
        const channel = await join(client, stage.channel('private-encrypted-'));
        const events = collect(channel, 'secret');
        const wire = next(client.connection, 'message', ({ event }) => event === 'secret');
        await stage.rest.trigger(channel.name, 'secret', 'first');
        const { nonce, ciphertext } = (await wire).data;
        const bytes = Buffer.from(ciphertext, 'base64');
        const forged = Buffer.from(bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte)));
        const forgeries = [
            { nonce, ciphertext: forged.toString('base64') },
            { nonce, ciphertext: bytes.subarray(0, bytes.length - 1).toString('base64') },
            { nonce, ciphertext: bytes.subarray(0, 15).toString('base64') },
            { nonce: Buffer.alloc(24).toString('base64'), ciphertext },
            { nonce: Buffer.alloc(23).toString('base64'), ciphertext },
            { ciphertext },
            {},
            'in clear',
        ];
        // Three of them look right, so that the client doubts its secret and asks again.
        const asked = answersFor(channel, 1 + 3);
        for (const forgery of forgeries) {
            const data = JSON.stringify(forgery);
            await stage.rest.post({ path: '/events', body: { name: 'secret', channels: [channel.name], data } });
        }
        await asked;
        await stage.rest.trigger(channel.name, 'secret', 'last');
        assert.deepEqual(await events.until(2), ['first', 'last']);
    });
}
