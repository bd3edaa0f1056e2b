/// Stands for the web application beside the server: signs for its users, and serves the files of a page.
///
/// The field `user` or the header X-User says who asks. Who asks for a channel with "forbidden" in its name is refused,
/// with "forged" gets a wrong signature.

import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import { app } from './server.js';

function signed(message) {
    return `${app.key}:${createHmac('sha256', app.secret).update(message).digest('hex')}`;
}

function channelAnswer(socketId, channel, user) {
    if (channel.includes('forged'))
        return { auth: `${app.key}:${'0'.repeat(64)}` };
    if (channel.startsWith('presence-')) {
        const data = JSON.stringify({ user_id: user, user_info: { name: user.toUpperCase() } });
        return { auth: signed(`${socketId}:${channel}:${data}`), channel_data: data };
    }
    const answer = { auth: signed(`${socketId}:${channel}`) };
    if (channel.startsWith('private-encrypted-')) {
        const masterKey = Buffer.from(app.masterKey, 'base64');
        answer.shared_secret = createHash('sha256').update(channel).update(masterKey).digest('base64');
    }
    return answer;
}

function userAnswer(socketId, user, watchlist) {
    const data = JSON.stringify({ id: user, user_info: { name: user.toUpperCase() }, watchlist });
    return { auth: signed(`${socketId}::user::${data}`), user_data: data };
}

class Site {
    constructor(files) {
        this.files = files;
        this.requests = []; ///< Headers and fields of each request to sign.
        this.http = createServer((request, response) => {
            this.answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
        });
    }

    get url() {
        return `http://127.0.0.1:${this.http.address().port}`;
    }

    async answer(request, response) {
        const path = new URL(request.url, this.url).pathname;
        if (request.method === 'POST')
            return this.authorize(request, response, path);
        const file = this.files[path];
        if (!file)
            return response.writeHead(404).end();
        const type = file.pathname.endsWith('.html') ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8';
        return response.writeHead(200, { 'Content-Type': type }).end(await readFile(file));
    }

    async authorize(request, response, path) {
        const fields = Object.fromEntries(new URLSearchParams(await text(request)));
        const user = fields.user ?? request.headers['x-user'] ?? 'nobody';
        this.requests.push({ path, headers: request.headers, fields });
        if (fields.channel_name?.includes('forbidden'))
            return response.writeHead(403).end('{}');
        const answer = fields.channel_name
            ? channelAnswer(fields.socket_id, fields.channel_name, user)
            : userAnswer(fields.socket_id, user, fields.watchlist ? fields.watchlist.split(',') : []);
        return response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
    }

    close() {
        this.http.closeAllConnections();
        return new Promise((resolve) => this.http.close(resolve));
    }
}

/// `files` maps a path of the site to the URL of a file.
export async function startSite(files = {}) {
    const site = new Site(files);
    site.http.listen(0, '127.0.0.1');
    await once(site.http, 'listening');
    return site;
}
