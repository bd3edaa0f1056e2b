/// centrifuge-js 5 at a real Centrifugo receives what castdeck-cli emit publishes.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { after, test } from 'node:test';

import { apiKey, startCentrifugo, whyNot } from './support/centrifugo.js';
import { called, client, join } from './support/centrifuge_js.js';

const skip = { skip: whyNot };
const binaries = process.env.CASTDECK_BIN_DIR ?? new URL('../../build/dev/bin', import.meta.url).pathname;

const centrifugo = whyNot ? undefined : await startCentrifugo();
const folder = await mkdtemp(pathOf(tmpdir(), 'castdeck-emit-'));
const config = pathOf(folder, 'broadcasting.json');
after(async () => {
    await centrifugo?.close();
    await rm(folder, { recursive: true });
});

const connection = { driver: 'centrifugo', url: centrifugo?.url, api_key: apiKey };
const connections = {
    body: connection,
    raw: { ...connection, payload: 'raw' },
    transport: { ...connection, error_mode: 'transport' },
    'body, wrong key': { ...connection, api_key: 'wrong' },
    'transport, wrong key': { ...connection, error_mode: 'transport', api_key: 'wrong' },
};
await writeFile(config, JSON.stringify({ connections }), { mode: 0o600 });

/// The report: how the program ended, and what became of each channel.
function emit(name, channels, event, data) {
    const args = ['emit', ...channels, event, data, '--config', config, '--connection', name, '--json'];
    return new Promise((resolve) => {
        execFile(pathOf(binaries, 'castdeck-cli'), args, { timeout: 10_000 }, (error, output) => {
            const outcomes = JSON.parse(output).channels.map(({ channel, status, code }) => [channel, status, code ?? '']);
            resolve({ exitCode: error?.code ?? 0, outcomes });
        });
    });
}

async function received(subscription, count) {
    while (subscription.data.length < count)
        await called(`publication in ${subscription.channel}`, subscription, 'publication');
    return subscription.data;
}

test('centrifuge-js receives an event in its envelope', skip, async (t) => {
    const releases = await join(client(t, centrifugo), 'releases');
    const data = '{"message":"Version 4.0.0 has been released !"}';
    assert.deepEqual(await emit('body', ['releases'], 'NewRelease', data), {
        exitCode: 0,
        outcomes: [['releases', 'sent', '']],
    });
    assert.deepEqual(await received(releases, 1), [{ event: 'NewRelease', data: JSON.parse(data) }]);
});

test('centrifuge-js receives the bare data of an event', skip, async (t) => {
    const releases = await join(client(t, centrifugo), 'releases');
    await emit('raw', ['releases'], 'NewRelease', '{"n":1}');
    assert.deepEqual(await received(releases, 1), [{ n: 1 }]);
});

for (const mode of ['body', 'transport']) {
    test(`every channel has its outcome, an unknown namespace too, with errors as ${mode}`, skip, async (t) => {
        const centrifuge = client(t, centrifugo);
        const first = await join(centrifuge, 'order.7');
        const last = await join(centrifuge, 'order.8');
        assert.deepEqual(await emit(mode, ['order.7', 'x:8', 'order.8'], 'paid', '{}'), {
            exitCode: 1,
            outcomes: [['order.7', 'sent', ''], ['x:8', 'failed', 'rejected'], ['order.8', 'sent', '']],
        });
        await Promise.all([received(first, 1), received(last, 1)]);
    });

    test(`a wrong key is unauthorized, with errors as ${mode}`, skip, async () => {
        assert.deepEqual(await emit(`${mode}, wrong key`, ['order.7'], 'paid', '{}'), {
            exitCode: 1,
            outcomes: [['order.7', 'failed', 'unauthorized']],
        });
    });
}
