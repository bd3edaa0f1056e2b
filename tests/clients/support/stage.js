/// What the tests of one file play on: the server, a site that signs for its users, and the REST library for node.

import RestLibrary from 'pusher';

import { next } from './deadline.js';
import { app, startServer } from './server.js';
import { startSite } from './site.js';

class Stage {
    constructor(server, site) {
        this.server = server;
        this.site = site;
        this.rest = this.restLibrary();
        this.names = 0;
    }

    restLibrary(changes = {}) {
        return new RestLibrary({
            appId: app.id,
            key: app.key,
            secret: app.secret,
            host: '127.0.0.1',
            port: this.server.port,
            encryptionMasterKeyBase64: app.masterKey,
            ...changes,
        });
    }

    /// What every pusher-js needs to find a server of one's own. The cluster is demanded and not used; 4.x reports to
    /// its makers unless told not to.
    options(user) {
        return {
            cluster: 'mt1',
            wsHost: '127.0.0.1',
            wsPort: this.server.port,
            forceTLS: false,
            enabledTransports: ['ws'],
            disableStats: true,
            authEndpoint: `${this.site.url}/pusher/auth`,
            auth: { params: { user } },
        };
    }

    /// A channel name that no other test uses.
    channel(prefix = '') {
        this.names += 1;
        return `${prefix}room-${this.names}`;
    }

    async close() {
        await this.site.close();
        await this.server.close();
    }
}

/// `settings` are those of one application in broadcasting.json, `config` is what else stands there, `files` are those
/// of a page.
export async function openStage({ settings, config, files } = {}) {
    const server = await startServer(settings, config);
    return new Stage(server, await startSite(files));
}

/// A client of the given pusher-js that is connected, and disconnected again after the test `t`.
export async function connect(t, Pusher, options, key = app.key) {
    const client = new Pusher(key, options);
    t.after(() => client.disconnect());
    await connected(client);
    return client;
}

export async function connected(client) {
    if (client.connection.state !== 'connected')
        await next(client.connection, 'connected');
}

/// The code in an error of pusher-js, which wraps the one that ends a connection.
export function codeOf(error) {
    return (error.error ?? error).data?.code;
}

/// Subscribes and waits for the success.
export async function join(client, name) {
    const channel = client.subscribe(name);
    await next(channel, 'pusher:subscription_succeeded');
    return channel;
}
