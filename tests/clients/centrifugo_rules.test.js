/// centrifuge-js 5 at a real Centrifugo that asks castdeck-cli serve who connects and who subscribes.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { startCentrifugo, whyNot } from './support/centrifugo.js';
import { called, client, join, refusal } from './support/centrifuge_js.js';
import { startServer } from './support/server.js';

const skip = { skip: whyNot };

const config = {
    actors: [
        { id: '1', name: 'Ada', role: 'admin', token: 'token-of-ada' },
        { id: '2', name: 'Bob', role: 'basic', token: 'token-of-bob' },
    ],
    authorize: {
        policy: 'closed',
        topics: [
            { pattern: 'order.{uuid}', when: { value: 'actor.id', is: 'equals', to: '{uuid}' } },
            { pattern: 'topic', when: { value: 'header.SECRET', is: 'equals', to: 'secret' } },
            { pattern: 'room:{name}', when: { value: 'actor', is: 'exists' }, member: { name: '{actor.name}', room: '{name}' } },
        ],
    },
};

const server = whyNot ? undefined : await startServer({}, config);
const centrifugo = whyNot ? undefined : await startCentrifugo({ asks: `http://127.0.0.1:${server.port}` });
after(async () => {
    await centrifugo?.close();
    await server?.close();
});

test('Centrifugo asks our rules who connects', skip, async (t) => {
    const ada = client(t, centrifugo, { headers: { Authorization: 'Bearer token-of-ada' } });
    await join(ada, 'news');
    await join(ada, 'room:who');
    const { presence } = await centrifugo.api('presence', { channel: 'room:who' });
    const [member] = Object.values(presence);
    assert.equal(member.user, '1');
    assert.deepEqual(member.chan_info, { name: 'Ada', room: 'who' });
});

test('an unknown client is sent away for good', skip, async (t) => {
    const nobody = client(t, centrifugo);
    const ended = called('end of the connection', nobody, 'disconnected');
    nobody.connect();
    assert.deepEqual(await ended, { code: 4500, reason: 'unauthorized' });
});

test('our rules decide by the user whom Centrifugo knows', skip, async (t) => {
    const ada = client(t, centrifugo, { user: '1' });
    await join(ada, 'order.1');
    assert.equal(await refusal(ada, 'order.2'), 403);
    assert.equal(await refusal(client(t, centrifugo, { user: '77' }), 'order.77'), 403);
    assert.equal(await refusal(ada, 'private-anything'), 403);
});

test('our rules decide by a header that Centrifugo passes on', skip, async (t) => {
    await join(client(t, centrifugo, { user: '2', headers: { Secret: 'secret' } }), 'topic');
    assert.equal(await refusal(client(t, centrifugo, { user: '2' }), 'topic'), 403);
});
