/// pusher-js 8 as a browser runs it, on a page of another origin than the server's.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { startChromium } from './support/chromium.js';
import { app } from './support/server.js';
import { openStage } from './support/stage.js';

const file = (path) => new URL(path, import.meta.url);
const stage = await openStage({
    files: {
        '/': file('page/index.html'),
        '/page.js': file('page/page.js'),
        '/pusher.js': file('node_modules/pusher-js-8/dist/web/pusher.js'),
    },
});
after(() => stage.close());
const chromium = await startChromium();
after(() => chromium.close());

async function open(room, user) {
    const query = new URLSearchParams({ port: stage.server.port, key: app.key, room, user });
    const page = await chromium.open(`${stage.site.url}/?${query}`);
    await page.shows('#state', ['connected']);
    await page.shows('#news li', ['subscribed']);
    return page;
}

test('IX1 pusher-js 8.6 in Chromium joins a private channel and shows what the node library sends', async () => {
    const room = stage.channel();
    const page = await open(room, 'ann');
    await stage.rest.trigger(`private-${room}`, 'news', { text: 'Grüße 👋' });
    await page.shows('#news li', ['subscribed', 'Grüße 👋']);
});

test('IX1 pusher-js 8.6 in Chromium sees the members of a presence channel come and go', async () => {
    const room = stage.channel();
    const ann = await open(room, 'ann');
    await ann.shows('#members li', ['ann: ANN']);
    const bob = await open(room, 'bob');
    await ann.shows('#members li', ['ann: ANN', 'bob: BOB']);
    await bob.evaluate('client.disconnect()');
    await ann.shows('#members li', ['ann: ANN']);
});

test('IX1 pusher-js 8.6 in Chromium whispers from page to page', async () => {
    const room = stage.channel();
    const [ann, bob] = [await open(room, 'ann'), await open(room, 'bob')];
    await ann.evaluate("room.trigger('client-hello', { text: 'hi' })");
    await bob.shows('#news li', ['subscribed', 'whispered: hi']);
    assert.equal(await ann.evaluate("document.querySelectorAll('#news li').length"), 1);
});
