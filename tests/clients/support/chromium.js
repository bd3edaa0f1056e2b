/// Debian's Chromium without a window, driven over its debugging pipe.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { within } from './deadline.js';

const flags = [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--no-proxy-server',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--remote-debugging-pipe',
];

/// One tab. Commands are those of the DevTools protocol.
class Page {
    constructor(browser, session) {
        this.browser = browser;
        this.session = session;
        this.alerts = []; ///< The texts of the alert boxes; each is closed at once.
        this.frames = []; ///< What left through WebSockets.
        this.requests = []; ///< Method and URL of every request.
        this.check = () => {};
    }

    take(method, parameters) {
        if (method === 'Page.javascriptDialogOpening') {
            this.alerts.push(parameters.message);
            this.browser.send('Page.handleJavaScriptDialog', { accept: true }, this.session).catch(() => {});
        }
        if (method === 'Network.webSocketFrameSent')
            this.frames.push(JSON.parse(parameters.response.payloadData));
        if (method === 'Network.requestWillBeSent')
            this.requests.push(parameters.request);
        this.check();
    }

    /// Resolves as soon as the condition holds; it may look at what the page collects.
    until(condition, what) {
        const holds = new Promise((resolve) => {
            this.check = () => condition() && resolve();
            this.check();
        });
        return within(holds, what);
    }

    async evaluate(expression) {
        const parameters = { expression, awaitPromise: true, returnByValue: true };
        const { result, exceptionDetails } = await this.browser.send('Runtime.evaluate', parameters, this.session);
        if (exceptionDetails)
            throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
    }

    /// Resolves when the elements show these texts, in this order; fails with what they show instead.
    shows(selector, texts, milliseconds = 10_000) {
        return this.evaluate(`new Promise((resolve, reject) => {
            const shown = () => [...document.querySelectorAll(${JSON.stringify(selector)})].map((e) => e.textContent);
            const look = () => JSON.stringify(shown()) === ${JSON.stringify(JSON.stringify(texts))} && resolve(true);
            new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
            setTimeout(() => reject(new Error('the page shows ' + JSON.stringify(shown()))), ${milliseconds});
            look();
        })`);
    }
}

class Chromium {
    constructor(process, folder) {
        this.process = process;
        this.folder = folder;
        this.replies = new Map();
        this.pages = new Map();
        this.sent = 0;
        let received = '';
        process.stdio[4].setEncoding('utf8').on('data', (text) => {
            const messages = (received + text).split('\0');
            received = messages.pop();
            messages.forEach((message) => this.take(JSON.parse(message)));
        });
        process.stdio[3].on('error', () => {}); // A browser that is gone is noticed by whoever waits for its reply.
    }

    take({ id, result, error, method, params, sessionId }) {
        if (method)
            this.pages.get(sessionId)?.take(method, params);
        const reply = this.replies.get(id);
        this.replies.delete(id);
        if (error)
            reply?.reject(new Error(error.message));
        else
            reply?.resolve(result);
    }

    send(method, params = {}, sessionId = undefined) {
        this.sent += 1;
        const id = this.sent;
        const reply = new Promise((resolve, reject) => this.replies.set(id, { resolve, reject }));
        this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
        return within(reply, `answer of Chromium to ${method}`, 30_000);
    }

    /// Opens a page for a visitor of its own, who shares no cookies with others. Resolves when it is loaded.
    async open(url) {
        const { browserContextId } = await this.send('Target.createBrowserContext');
        const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', browserContextId });
        const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
        const page = new Page(this, sessionId);
        this.pages.set(sessionId, page);
        await this.send('Page.enable', {}, sessionId);
        await this.send('Network.enable', {}, sessionId);
        await this.send('Page.navigate', { url }, sessionId);
        await page.evaluate("document.readyState === 'complete' || new Promise((r) => addEventListener('load', r))");
        return page;
    }

    async close() {
        const ended = once(this.process, 'exit');
        await this.send('Browser.close');
        await within(ended, 'end of Chromium', 15_000).catch(() => this.process.kill('SIGKILL'));
        await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
    }
}

export async function startChromium() {
    const folder = await mkdtemp(join(tmpdir(), 'castdeck-chromium-'));
    const process = spawn('chromium', [...flags, `--user-data-dir=${folder}`], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const failed = once(process, 'error').then(([error]) => {
        throw new Error(`chromium does not start (${error.code}); ./dev setup clients installs it`);
    });
    const chromium = new Chromium(process, folder);
    await Promise.race([chromium.send('Browser.getVersion'), failed]);
    return chromium;
}
