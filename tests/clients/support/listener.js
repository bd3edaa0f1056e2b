/// A stage for tests in other languages: starts the server and one signed-in pusher-js client on the channels named as
/// arguments, prints one JSON line with what the server listens to, then one for each event and each end of the
/// connection. Ends with its standard input.

import { once } from 'node:events';

import Pusher from 'pusher-js-8';

import { within } from './deadline.js';
import { app } from './server.js';
import { connected, join, openStage } from './stage.js';

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

const stage = await openStage();
const client = new Pusher(app.key, {
    ...stage.options('ann'),
    userAuthentication: { endpoint: `${stage.site.url}/pusher/user-auth`, params: { user: 'ann' } },
});
await connected(client);
client.signin();
await within(client.user.signinDonePromise, 'sign-in');
client.connection.bind('disconnected', () => print({ state: 'disconnected' }));
for (const name of process.argv.slice(2)) {
    const channel = await join(client, name);
    channel.bind_global((event, data) => event.startsWith('pusher') || print({ event, data }));
}
print({ port: stage.server.port, app, socketId: client.connection.socket_id });

process.stdin.resume();
await once(process.stdin, 'end');
client.disconnect();
await stage.close();
process.exit();
