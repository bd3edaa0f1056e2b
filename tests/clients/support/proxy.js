/// One origin for the files of a page and for the server behind it, as a reverse proxy in front of both makes it.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

class Proxy {
    constructor(port, files) {
        this.target = port;
        this.files = files;
        this.requests = []; ///< Method, path, headers and body of what was passed on, and the status of its answer.
        this.sockets = new Set();
        this.http = createServer((request, response) => {
            this.answer(request, response).catch((error) => response.writeHead(502).end(String(error)));
        });
        this.http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    }

    get url() {
        return `http://127.0.0.1:${this.http.address().port}`;
    }

    async answer(request, response) {
        const file = this.files[new URL(request.url, this.url).pathname];
        if (!file)
            return this.pass(request, response);
        const type = file.pathname.endsWith('.html') ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8';
        return response.writeHead(200, { 'Content-Type': type }).end(await readFile(file));
    }

    async pass(request, response) {
        const { method, url: path, headers } = request;
        const body = await text(request);
        const onward = forward({ host: '127.0.0.1', port: this.target, method, path, headers });
        onward.end(body);
        const [answer] = await once(onward, 'response');
        this.requests.push({ method, path, headers, body, status: answer.statusCode });
        answer.pipe(response.writeHead(answer.statusCode, answer.headers));
    }

    upgrade(request, client, head) {
        const server = connect(this.target, '127.0.0.1', () => {
            const lines = request.rawHeaders.map((word, index) => word + (index % 2 ? '\r\n' : ': '));
            server.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('')}\r\n`);
            server.write(head);
            server.pipe(client).pipe(server);
        });
        for (const [socket, other] of [[client, server], [server, client]]) {
            this.sockets.add(socket);
            socket.on('error', () => other.destroy());
            socket.on('close', () => this.sockets.delete(socket) && other.destroy());
        }
    }

    close() {
        this.sockets.forEach((socket) => socket.destroy());
        this.http.closeAllConnections();
        return new Promise((resolve) => this.http.close(resolve));
    }
}

/// `port` is that of the server; `files` maps a path to the URL of a file that is served in its place.
export async function startProxy(port, files = {}) {
    const proxy = new Proxy(port, files);
    proxy.http.listen(0, '127.0.0.1');
    await once(proxy.http, 'listening');
    return proxy;
}
