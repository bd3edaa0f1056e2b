/// Somebody else's server of the Pusher protocol, one application, small enough to see what it does, with one thing
/// wrong.

import { createHash, createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createPlain } from 'node:http';
import { createServer as createTls } from 'node:https';
import { text } from 'node:stream/consumers';

import { WebSocketServer } from '../../../clients/support/libraries.js';

const tolerance = 600; // Seconds that a request may be old.
const hmac = (secret, signed) => createHmac('sha256', secret).update(signed).digest('hex');
const isSame = (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

class Server {
    constructor({ app, fault = '', kind = 'reverb', tls }) {
        Object.assign(this, { app, fault, kind });
        this.prefix = fault === 'path prefix' ? '/reverb' : '';
        this.offset = fault === 'clock' ? 20 * 60 : 0;
        this.channels = new Map();
        this.sockets = new Set();
        this.http = tls ? createTls(tls, (...both) => this.answer(...both)) : createPlain((...both) => this.answer(...both));
        this.upgrades = new WebSocketServer({ noServer: true });
        this.http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    }

    now() {
        return Math.floor(Date.now() / 1000) + this.offset;
    }

    // --- HTTP ---

    async answer(request, response) {
        const body = await text(request);
        const [status, value] = this.reply(request, new URL(request.url, 'http://server'), body);
        const isText = typeof value === 'string';
        response.writeHead(status, {
            Date: new Date(this.now() * 1000).toUTCString(),
            'Content-Type': !isText ? 'application/json' : value.startsWith('<') ? 'text/html' : 'text/plain',
        });
        response.end(isText ? value : JSON.stringify(value));
    }

    reply(request, url, body) {
        if (this.fault === 'proxy page')
            return [200, '<!doctype html><title>Sign in to the network</title>'];
        const path = url.pathname.slice(this.prefix.length);
        const [, root, id, ...rest] = path.split('/');
        if (!url.pathname.startsWith(this.prefix) || root !== 'apps')
            return [404, 'Not found.'];
        if (id !== this.app.id)
            return [404, 'No matching application.'];
        const refusal = this.refusalOf(request.method, path, url.searchParams, body);
        if (refusal)
            return [401, refusal];
        return this.route(request.method, rest, url.searchParams, body);
    }

    refusalOf(method, path, query, body) {
        const given = query.get('auth_signature') ?? '';
        query.delete('auth_signature');
        const sorted = [...query].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${value}`);
        if (!isSame(given, hmac(this.app.secret, [method, path, sorted.join('&')].join('\n'))))
            return 'Authentication signature invalid.';
        if (Math.abs(this.now() - Number(query.get('auth_timestamp'))) > tolerance)
            return 'Timestamp expired.';
        return body && query.get('body_md5') !== createHash('md5').update(body).digest('hex') ? 'Body changed.' : '';
    }

    route(method, [what, name, part], query, body) {
        if (method === 'POST' && what === 'events')
            return this.publish(JSON.parse(body));
        if (this.kind === 'bare' || method !== 'GET')
            return [404, 'Not found.'];
        if (what === 'channels' && part === 'users')
            return [200, { users: this.usersOf(decodeURIComponent(name)).map((id) => ({ id })) }];
        if (what === 'channels' && name === undefined)
            return [200, { channels: this.list(query.get('filter_by_prefix') ?? '', query.get('info') ?? '') }];
        if (what === 'connections' && this.kind === 'reverb')
            return [200, { connections: this.sockets.size }];
        return [404, 'Not found.'];
    }

    publish({ name, channels, channel, data, socket_id: except }) {
        for (const each of channels ?? [channel])
            this.tell(each, { event: name, channel: each, data }, except);
        return [200, {}];
    }

    list(prefix, info) {
        const found = [...this.channels].filter(([name, members]) => members.size > 0 && name.startsWith(prefix));
        return Object.fromEntries(found.map(([name, members]) => [name, {
            ...(info.includes('subscription_count') ? { subscription_count: members.size } : {}),
            ...(info.includes('user_count') ? { user_count: this.usersOf(name).length } : {}),
        }]));
    }

    usersOf(name) {
        return [...new Set([...this.channels.get(name)?.values() ?? []].map((member) => member?.user_id))];
    }

    // --- WebSocket ---

    upgrade(request, socket, head) {
        const url = new URL(request.url, 'http://server');
        if (this.fault === 'proxy page' || !url.pathname.startsWith(`${this.prefix}/app/`))
            return socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
        return this.upgrades.handleUpgrade(request, socket, head, (client) => {
            if (url.pathname !== `${this.prefix}/app/${this.app.key}`)
                return this.refuse(client, 4001, 'Application does not exist');
            if (this.fault === 'origin' && request.headers.origin !== 'https://app.example.test')
                return this.refuse(client, 4009, 'Origin not allowed');
            return this.greet(client);
        });
    }

    refuse(client, code, message) {
        client.send(JSON.stringify({ event: 'pusher:error', data: JSON.stringify({ code, message }) }));
        client.close(code, message);
    }

    greet(client) {
        client.id = `${randomInt(1e9)}.${randomInt(1e9)}`;
        this.sockets.add(client);
        client.on('message', (bytes) => this.take(client, JSON.parse(bytes)));
        client.on('close', () => {
            this.sockets.delete(client);
            for (const members of this.channels.values())
                members.delete(client);
        });
        this.say(client, 'pusher:connection_established', undefined, { socket_id: client.id, activity_timeout: 30 });
    }

    take(client, { event, channel, data }) {
        if (event === 'pusher:ping')
            this.say(client, 'pusher:pong', undefined, {});
        else if (event === 'pusher:subscribe')
            this.subscribe(client, data);
        else if (event === 'pusher:unsubscribe')
            this.channels.get(data.channel)?.delete(client);
        else if (event.startsWith('client-'))
            this.tell(channel, { event, channel, data }, client.id);
    }

    subscribe(client, { channel, auth, channel_data: member }) {
        const signed = [client.id, channel, member].filter((part) => part !== undefined).join(':');
        if (/^(private|presence)-/.test(channel) && auth !== `${this.app.key}:${hmac(this.app.secret, signed)}`)
            return this.say(client, 'pusher:error', channel, { code: 4009, message: 'Connection is unauthorized' });
        if (!this.channels.has(channel))
            this.channels.set(channel, new Map());
        this.channels.get(channel).set(client, member && JSON.parse(member));
        return this.say(client, 'pusher_internal:subscription_succeeded', channel, member ? this.presence(channel) : {});
    }

    presence(channel) {
        const members = [...this.channels.get(channel).values()];
        const hash = Object.fromEntries(members.map(({ user_id: id, user_info: info }) => [id, info]));
        return { presence: { count: Object.keys(hash).length, ids: Object.keys(hash), hash } };
    }

    say(client, event, channel, data) {
        client.send(JSON.stringify({ event, channel, data: JSON.stringify(data) }));
    }

    tell(channel, frame, except) {
        for (const client of this.channels.get(channel)?.keys() ?? []) {
            if (client.id !== except)
                client.send(JSON.stringify(frame));
        }
    }
}

/// Servers, each under a name: {"do": "startServer", "server": "far", "app": {"id": ..., "key": ..., "secret": ...}}.
export function servers() {
    const all = new Map();
    return {
        /// `fault` is one of those above, `kind` how much it tells: "reverb", "soketi" or "bare". Port 0 is any.
        async startServer({ server: name, port = 0, ...options }) {
            const server = new Server(options);
            server.http.listen(port, '127.0.0.1');
            await once(server.http, 'listening');
            all.set(name, server);
            return { port: server.http.address().port };
        },

        /// As when it is killed: every socket is gone at once.
        async stopServer({ server: name }) {
            const { http, sockets } = all.get(name);
            http.close();
            http.closeAllConnections();
            for (const socket of sockets)
                socket.terminate();
            return {};
        },

        /// An event as its own application sends it.
        async tellFrom({ server: name, channel, event, data }) {
            all.get(name).publish({ name: event, channel, data });
            return {};
        },
    };
}
