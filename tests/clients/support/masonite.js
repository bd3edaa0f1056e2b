/// Runs the application of tests/clients/masonite by the command of its framework, `craft serve`.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { within } from './deadline.js';
import { app } from './server.js';

const path = (name) => new URL(`../${name}`, import.meta.url).pathname;

class Masonite {
    constructor(process) {
        this.process = process;
        this.log = '';
        this.lines = createInterface({ input: process.stderr });
        this.lines.on('line', (line) => {
            this.log += `${line}\n`;
        });
    }

    async listens() {
        const found = new Promise((resolve, reject) => {
            this.lines.on('line', (line) => line.includes('Running on') && resolve(line.match(/http:\S+/)[0]));
            this.process.once('error', reject);
            this.process.once('close', () => reject(new Error(`the application ended and said:\n${this.log}`)));
        });
        this.url = await within(found, 'address of the Masonite application', 30_000);
    }

    /// Makes the application broadcast; `user` is who is logged in.
    async emit(what, { data = {}, user = '' } = {}) {
        const headers = { 'Content-Type': 'application/json', 'X-User': user };
        const body = JSON.stringify(data);
        const response = await fetch(`${this.url}/emit/${what}`, { method: 'POST', headers, body });
        if (response.status !== 200)
            throw new Error(`the application answered ${response.status} and said:\n${this.log}`);
    }

    async close() {
        const ended = once(this.process, 'close');
        this.process.kill();
        await within(ended, 'end of the Masonite application');
    }
}

/// `port` is that of the server that the application broadcasts through.
export async function startMasonite(port) {
    const environment = {
        ...process.env,
        PUSHER_APP_ID: app.id,
        PUSHER_CLIENT: app.key,
        PUSHER_SECRET: app.secret,
        PUSHER_HOST: '127.0.0.1',
        PUSHER_PORT: String(port),
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONUNBUFFERED: '1',
    };
    // setpriv becomes the program, which then ends with this process even where that is killed.
    const command = [path('.venv-masonite/bin/python'), 'craft', 'serve', '--port', '0', '--dont-reload'];
    const masonite = new Masonite(spawn('setpriv', ['--pdeathsig', 'TERM', ...command], {
        cwd: path('masonite'),
        env: environment,
        stdio: ['ignore', 'ignore', 'pipe'],
    }));
    await masonite.listens();
    return masonite;
}
