/// Pages of the server's own origin: actors known by the cookie of the demo login, and the token that keeps other sites
/// from asking in their name. laravel-echo and pusher-js run in Chromium and keep to their default paths.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { startChromium } from './support/chromium.js';
import { config } from './support/actors.js';
import { startProxy } from './support/proxy.js';
import { app } from './support/server.js';
import { openStage } from './support/stage.js';

const file = (path) => new URL(path, import.meta.url);
const files = {
    '/': file('page/login.html'),
    '/login.js': file('page/login.js'),
    '/pusher.js': file('node_modules/pusher-js-8/dist/web/pusher.js'),
    '/echo.js': file('node_modules/laravel-echo/dist/echo.iife.js'),
};

/// A server that demands the token also of those who ask for authorization.
const stage = await openStage({ config: { ...config, csrf: { enabled: true, exempt: [] } } });
after(() => stage.close());
const proxy = await startProxy(stage.server.port, files);
after(() => proxy.close());
const chromium = await startChromium();
after(() => chromium.close());

/// The outcome of joining a private channel as this actor, with the token that `token` makes of the session's.
async function outcome(actor, channel, token) {
    const page = await chromium.open(proxy.url);
    return page.evaluate(`(async () => {
        const token = await logIn('${actor}');
        return outcomeOf(makeEcho('${app.key}', ${token}).private('${channel}'));
    })()`);
}

function lastRequest() {
    const { method, path, status, headers } = proxy.requests.findLast(({ path }) => !path.startsWith('/demo/'));
    return { method, path, status, hasToken: 'x-csrf-token' in headers, authorization: headers.authorization };
}

test('IX2 laravel-echo joins by the cookie of the login and the right token', async () => {
    assert.equal(await outcome('1', 'admins', 'token'), 'subscribed');
    assert.deepEqual(lastRequest(), {
        method: 'POST', path: '/broadcasting/auth', status: 200, hasToken: true, authorization: undefined,
    });
});

test('IX2 laravel-echo is refused by the rule when the cookie is that of another', async () => {
    assert.equal(await outcome('2', 'admins', 'token'), 403);
    assert.equal(await outcome('', 'admins', 'token'), 403);
});

test('IX2 laravel-echo gets 419 without a token', async () => {
    assert.equal(await outcome('1', 'admins', 'null'), 419);
    assert.equal(lastRequest().hasToken, false);
});

test('IX2 laravel-echo gets 419 with a wrong token', async () => {
    assert.equal(await outcome('1', 'admins', "token.replace(/./, (c) => (c === 'a' ? 'b' : 'a'))"), 419);
    assert.equal(lastRequest().hasToken, true);
});

test('IX2 laravel-echo joins a presence channel and signs in as the actor of the cookie', async () => {
    const page = await chromium.open(proxy.url);
    const result = await page.evaluate(`(async () => {
        const echo = makeEcho('${app.key}', await logIn('2'));
        const members = await new Promise((resolve) => echo.join('lobby').here(resolve));
        echo.connector.signin();
        await echo.connector.pusher.user.signinDonePromise;
        return { members, user: echo.connector.pusher.user.user_data };
    })()`);
    assert.deepEqual(result, { members: [{ name: 'Bob' }], user: { id: '2', user_info: { name: 'Bob' } } });
    assert.equal(lastRequest().path, '/broadcasting/user-auth');
});

test('IX1 pusher-js with no options for authorization asks at its own default path', async () => {
    const page = await chromium.open(proxy.url);
    const joined = await page.evaluate(`(async () => {
        const token = await logIn('1');
        const pusher = new Pusher('${app.key}', {
            cluster: 'eu', wsHost: location.hostname, wsPort: location.port, forceTLS: false, enabledTransports: ['ws'],
            channelAuthorization: { headers: { 'X-CSRF-Token': token } },
        });
        return new Promise((resolve) => {
            const channel = pusher.subscribe('private-admins');
            channel.bind('pusher:subscription_succeeded', () => resolve('subscribed'));
            channel.bind('pusher:subscription_error', ({ status }) => resolve(status));
        });
    })()`);
    assert.equal(joined, 'subscribed');
    assert.equal(lastRequest().path, '/pusher/auth');
});
