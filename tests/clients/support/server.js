/// Runs the real program, `castdeck-cli serve`, on a free port of the loopback interface.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { within } from './deadline.js';

const run = promisify(execFile);
const binaries = process.env.CASTDECK_BIN_DIR ?? new URL('../../../build/dev/bin', import.meta.url).pathname;

export const app = {
    id: '900', // The Python library takes digits only.
    key: 'clients-key',
    secret: 'clients-secret',
    masterKey: Buffer.from('castdeck tests: 32 bytes of key.').toString('base64'),
};

class Server {
    constructor(folder) {
        this.folder = folder;
        this.port = 0;
    }

    /// `settings` are those of one application, `config` is what else stands in the file.
    async configure(settings, config) {
        const apps = [{ app_id: app.id, key: app.key, secret: app.secret, client_events: true, ...settings }];
        const text = JSON.stringify({ ...config, server: { apps } });
        await writeFile(join(this.folder, 'broadcasting.json'), text, { mode: 0o600 });
    }

    /// Asks the program to read its configuration again.
    reload() {
        this.process.kill('SIGHUP');
    }

    async launch() {
        const config = join(this.folder, 'broadcasting.json');
        const command = [join(binaries, 'castdeck-cli'), 'serve', '--config', config, '--listen', '127.0.0.1'];
        // setpriv becomes the program, which then ends with this process even where that is killed.
        const args = ['--pdeathsig', 'TERM', ...command, '--port', String(this.port)];
        this.process = spawn('setpriv', args, { stdio: ['ignore', 'pipe', 'pipe'] });
        this.log = '';
        this.process.stderr.on('data', (text) => {
            this.log += text;
        });
        const ended = new Promise((_, reject) => {
            this.process.once('error', reject);
            this.process.once('close', () => reject(this.failure()));
        });
        ended.catch(() => {}); // Once it listens, its end is for stop() to judge.
        const lines = createInterface({ input: this.process.stdout });
        const [line] = await within(Promise.race([once(lines, 'line'), ended]), 'first line of castdeck-cli');
        this.port = JSON.parse(line).port;
    }

    failure() {
        const { exitCode, signalCode } = this.process;
        return new Error(`castdeck-cli ended with ${exitCode ?? signalCode} and said:\n${this.log}`);
    }

    /// Fails unless the program closes its clients and ends by itself, with success.
    async stop() {
        if (this.process.exitCode === null && this.process.signalCode === null) {
            const ended = once(this.process, 'close');
            this.process.kill('SIGTERM');
            await within(ended, 'end of castdeck-cli', 15_000).catch((error) => {
                this.process.kill('SIGKILL');
                throw error;
            });
        }
        if (this.process.exitCode !== 0)
            throw this.failure();
    }

    /// Sends with the program that an operator has, and fails unless it says that everything is sent.
    async emit(...args) {
        const command = ['emit', '--port', String(this.port), ...args];
        const environment = { ...process.env, CASTDECK_APP: `${app.id}:${app.key}:${app.secret}` };
        await run(join(binaries, 'castdeck-cli'), command, { env: environment, timeout: 10_000 });
    }

    /// Comes back on the port it had.
    async restart() {
        await this.stop();
        await this.launch();
    }

    async close() {
        await this.stop();
        await rm(this.folder, { recursive: true, force: true });
    }
}

/// `settings` are those of one application in broadcasting.json, `config` is what else stands in that file.
export async function startServer(settings = {}, config = {}) {
    const folder = await mkdtemp(join(tmpdir(), 'castdeck-clients-'));
    const server = new Server(folder);
    await server.configure(settings, config);
    await server.launch().catch(async (error) => {
        await rm(folder, { recursive: true });
        throw error;
    });
    return server;
}
