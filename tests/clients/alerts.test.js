/// The two examples that everybody starts with, from the command line of the sender to the alert box in Chromium: a
/// release told to everybody, and an alert for administrators only. The server itself says who is one.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { config, tokens } from './support/actors.js';
import { startChromium } from './support/chromium.js';
import { app } from './support/server.js';
import { openStage } from './support/stage.js';

const file = (path) => new URL(path, import.meta.url);
const stage = await openStage({
    config,
    files: {
        '/': file('page/alerts.html'),
        '/alerts.js': file('page/alerts.js'),
        '/pusher.js': file('node_modules/pusher-js-8/dist/web/pusher.js'),
    },
});
after(() => stage.close());
const chromium = await startChromium();
after(() => chromium.close());

const release = ['--class', 'NewRelease', 'version=4.0.0'];
const warning = ['--class', 'AdminUserAlert', 'message=Some dependencies are outdated !', 'level=warning'];
const shownRelease = 'Version 4.0.0 has been released !';

/// A page that has heard about each of its channels; `token` is the visitor's, if there is one.
async function open(answers, token) {
    const channels = Object.keys(answers).join();
    const query = new URLSearchParams({ port: stage.server.port, key: app.key, channels, ...(token && { token }) });
    const page = await chromium.open(`${stage.site.url}/?${query}`);
    await page.shows('#channels li', Object.entries(answers).map(([channel, answer]) => `${channel}: ${answer}`));
    return page;
}

/// Names of the channels in the page's subscribe frames, once everything that it sent before has left.
async function subscriptions(page) {
    const fence = stage.channel();
    const names = () => page.frames.filter(({ event }) => event === 'pusher:subscribe').map(({ data }) => data.channel);
    await page.evaluate(`void pusher.subscribe('${fence}')`);
    await page.until(() => names().includes(fence), 'subscribe frame of the fence');
    return names().filter((name) => name !== fence);
}

/// Two releases: what was sent between them would stand between their boxes.
async function between(pages, emit) {
    await stage.server.emit(...release);
    await emit();
    await stage.server.emit('releases', 'NewRelease', '{"message":"the end"}');
    for (const page of pages)
        await page.until(() => page.alerts.includes('the end'), 'alert box of the end');
    return pages.map(({ alerts }) => alerts);
}

test('IX1 a release is shown in the alert box of every page, once, and nobody is asked who may see it', async () => {
    const pages = [await open({ releases: 'subscribed' }), await open({ releases: 'subscribed' }, tokens.bob)];
    for (const alerts of await between(pages, () => stage.server.emit('news', 'NewRelease', '{"message":"elsewhere"}')))
        assert.deepEqual(alerts, [shownRelease, 'the end']);
    for (const { requests } of pages)
        assert.deepEqual(requests.filter(({ url }) => url.includes('auth')), []);
});

test('IX1 an alert to administrators is shown to Ada', async () => {
    const page = await open({ releases: 'subscribed', 'private-admins': 'subscribed' }, tokens.ada);
    assert.deepEqual(await subscriptions(page), ['releases', 'private-admins']);
    const [alerts] = await between([page], async () => {
        await stage.server.emit(...warning);
        await stage.server.emit('--class', 'AdminUserAlert', 'message=No level given');
    });
    assert.deepEqual(alerts, [
        shownRelease, '[WARNING] Some dependencies are outdated !', '[ERROR] No level given', 'the end',
    ]);
});

for (const [visitor, token] of [['Bob', tokens.bob], ['a visitor without a name', undefined]]) {
    test(`IX1 ${visitor} is refused with 403, sends no subscribe frame and is shown no alert`, async () => {
        const page = await open({ releases: 'subscribed', 'private-admins': 'AuthError 403' }, token);
        assert.deepEqual(await subscriptions(page), ['releases']);
        const [alerts] = await between([page], () => stage.server.emit(...warning));
        assert.deepEqual(alerts, [shownRelease, 'the end']);
    });
}
