/// End-to-end encrypted channels: the server passes on what it cannot read.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';

import { collect, next, within } from '../support/deadline.js';
import { connect, join } from '../support/stage.js';

export function encrypted({ name, Pusher, stage }) {
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
        const requests = () => stage.site.requests.filter(({ fields }) => fields.channel_name === channel.name).length;
        const events = collect(channel, 'secret');
        const asked = within(once(stage.site.http, 'request'), 'second request for the secret');
        const stranger = stage.restLibrary({ encryptionMasterKeyBase64: Buffer.alloc(32).toString('base64') });
        await stranger.trigger(channel.name, 'secret', 'foreign');
        await asked;
        await stage.rest.trigger(channel.name, 'secret', 'genuine');
        assert.deepEqual(await events.until(1), ['genuine']);
        assert.equal(requests(), 2);
    });
}
