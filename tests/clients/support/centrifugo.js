/// Runs a real Centrifugo, version 6, on a free port of the loopback interface: the program that CASTDECK_CENTRIFUGO
/// names, or `centrifugo` in the PATH. No package of Debian 12 brings it, so tests skip themselves without one.

import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { within } from './deadline.js';

const inPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'centrifugo'));

export const program = process.env.CASTDECK_CENTRIFUGO || inPath.find(existsSync);
export const whyNot = program ? false : 'no Centrifugo: CASTDECK_CENTRIFUGO names none, and none is in the PATH';

export const apiKey = 'centrifugo-api-key';
const tokenSecret = 'centrifugo-token-secret';

/// A connection token for this user.
export function tokenFor(user) {
    const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const content = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ sub: user })}`;
    return `${content}.${createHmac('sha256', tokenSecret).update(content).digest('base64url')}`;
}

async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    return port;
}

/// Channels without a namespace are open to all; `room:` knows who is there. `asks` is the address of an application
/// that decides who connects without a token and, in all channels, who subscribes.
function configuration(port, asks) {
    const proxy = (path) => ({ endpoint: `${asks}${path}`, http_headers: ['Authorization', 'Cookie', 'Secret'] });
    const rights = asks
        ? { subscribe_proxy_enabled: true }
        : { allow_subscribe_for_client: true, allow_subscribe_for_anonymous: true };
    return {
        http_server: { address: '127.0.0.1', port },
        http_api: { key: apiKey },
        client: {
            token: { hmac_secret_key: tokenSecret },
            allow_anonymous_connect_without_token: !asks,
            ...(asks && { proxy: { connect: { enabled: true, ...proxy('/centrifugo/connect') } } }),
        },
        channel: {
            without_namespace: rights,
            namespaces: [{ name: 'room', presence: true, ...rights }],
            ...(asks && { proxy: { subscribe: proxy('/centrifugo/subscribe') } }),
        },
        usage_stats: { disabled: true },
    };
}

export async function startCentrifugo({ asks } = {}) {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'castdeck-centrifugo-'));
    const config = join(folder, 'config.json');
    await writeFile(config, JSON.stringify(configuration(port, asks)));
    // setpriv becomes the program, which then ends with this process even where that is killed.
    const server = spawn('setpriv', ['--pdeathsig', 'KILL', program, '-c', config], { stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    const listening = new Promise((resolve, reject) => {
        const read = (text) => {
            log += text;
            if (log.includes('serving websocket'))
                resolve();
        };
        server.stdout.on('data', read);
        server.stderr.on('data', read);
        server.once('error', reject);
        server.once('close', () => reject(new Error(`Centrifugo ended and said:\n${log}`)));
    });
    await within(listening, 'start of Centrifugo', 30_000);
    const url = `http://127.0.0.1:${port}`;
    return {
        url,
        socketUrl: `ws://127.0.0.1:${port}/connection/websocket`,
        /// The result of a method of its HTTP interface.
        async api(method, parameters) {
            const headers = { 'X-API-Key': apiKey };
            const response = await fetch(`${url}/api/${method}`, { method: 'POST', headers, body: JSON.stringify(parameters) });
            return (await response.json()).result;
        },
        async close() {
            const ended = once(server, 'close');
            server.kill('SIGKILL');
            await ended;
            await rm(folder, { recursive: true });
        },
    };
}
