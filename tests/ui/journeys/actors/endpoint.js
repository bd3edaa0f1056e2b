/// The authorization endpoint of somebody's web application, with one thing wrong.

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const json = { 'Content-Type': 'application/json' };
const html = { 'Content-Type': 'text/html; charset=utf-8' };

function answerOf(fault, app, fields) {
    const socket = fault === 'other socket' ? '1.2' : fields.socket_id;
    const secret = fault === 'other secret' ? 'somebody-elses' : app.secret;
    const key = fault === 'other key' ? 'other-key' : app.key;
    const isPresence = fields.channel_name.startsWith('presence-');
    const member = { user_id: fault === 'user_id as number' ? 7 : '7', user_info: { name: 'Ana' } };
    const data = isPresence ? JSON.stringify(member) : undefined;
    const signed = [socket, fields.channel_name, data].filter((part) => part !== undefined).join(':');
    const auth = `${key}:${createHmac('sha256', secret).update(signed).digest('hex')}`;
    return {
        ...(fault === 'auth missing' ? {} : { auth }),
        ...(isPresence ? { channel_data: fault === 'channel_data as object' ? member : data } : {}),
    };
}

const refusals = {
    'no session': [403, json, '{"message":"Unauthenticated."}'],
    CSRF: [419, json, '{"message":"CSRF token mismatch."}'],
    'redirect to login': [302, { Location: '/login' }, ''],
    'stack page': [500, html, '<!doctype html><h1>Undefined variable $order</h1>'],
    'HTML with 200': [200, html, '<!doctype html><title>Log in</title>'],
};

/// Serves until the process ends.
export async function startEndpoint({ app, fault }) {
    const server = createServer(async (request, response) => {
        const fields = Object.fromEntries(new URLSearchParams(await text(request)));
        if (fault === 'slow')
            return;
        const [status, headers, body] = refusals[fault] ?? [200, json, JSON.stringify(answerOf(fault, app, fields))];
        response.writeHead(status, headers).end(body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { url: `http://127.0.0.1:${server.address().port}/broadcasting/auth` };
}
