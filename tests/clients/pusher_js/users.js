/// Signed-in users: events to a user, watchlists, termination. pusher-js has them from 7.1 on.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { next, within } from '../support/deadline.js';
import { codeOf, connect, join } from '../support/stage.js';

export function users({ name, Pusher, stage }) {
    const options = (user, watchlist = '') => ({
        ...stage.options(user),
        userAuthentication: { endpoint: `${stage.site.url}/pusher/user-auth`, params: { user, watchlist } },
    });

    /// Signed in and subscribed to the channel of its user.
    async function signedIn(t, user, watchlist) {
        const client = await connect(t, Pusher, options(user, watchlist));
        const subscribed = next(client.connection, 'message', ({ event, channel }) =>
            event === 'pusher_internal:subscription_succeeded' && channel === `#server-to-user-${user}`);
        client.signin();
        await within(client.user.signinDonePromise, 'sign-in');
        await subscribed;
        return client;
    }

    test(`IX1 ${name} signs in`, async (t) => {
        const client = await signedIn(t, 'signer');
        assert.deepEqual(client.user.user_data, { id: 'signer', user_info: { name: 'SIGNER' }, watchlist: [] });
    });

    test(`IX1 ${name} receives what is sent to its user, on every connection`, async (t) => {
        const clients = [await signedIn(t, 'reader'), await signedIn(t, 'reader')];
        const other = await signedIn(t, 'stranger');
        other.user.bind('mail', () => assert.fail('a stranger received the event'));
        const events = clients.map((client) => next(client.user, 'mail'));
        await stage.rest.sendToUser('reader', 'mail', { subject: 'Hi' });
        assert.deepEqual(await Promise.all(events), [{ subject: 'Hi' }, { subject: 'Hi' }]);
        const last = next(other.user, 'end');
        await stage.rest.sendToUser('stranger', 'end', {});
        await last;
    });

    test(`IX1 ${name} joins a presence channel as the user it is signed in as`, async (t) => {
        const client = await signedIn(t, 'guest');
        const channel = await join(client, stage.channel('presence-'));
        assert.equal(channel.members.myID, 'guest');
    });

    test(`IX1 ${name} hears of the users on its watchlist`, async (t) => {
        const watcher = await connect(t, Pusher, options('watcher', 'friend,absent'));
        const absent = next(watcher.user.watchlist, 'offline');
        watcher.signin();
        assert.deepEqual((await absent).user_ids.sort(), ['absent', 'friend']);

        const online = next(watcher.user.watchlist, 'online');
        const friend = await signedIn(t, 'friend');
        assert.deepEqual((await online).user_ids, ['friend']);

        const offline = next(watcher.user.watchlist, 'offline');
        friend.disconnect();
        assert.deepEqual((await offline).user_ids, ['friend']);
    });

    test(`IX1 ${name} stays away with 4009 when its user is terminated`, async (t) => {
        const client = await signedIn(t, 'culprit');
        const bystander = await signedIn(t, 'bystander');
        const ended = [next(client.connection, 'error'), next(client.connection, 'disconnected')];
        await stage.rest.terminateUserConnections('culprit');
        const [error] = await Promise.all(ended);
        assert.equal(codeOf(error), 4009);
        const alive = next(bystander.user, 'alive');
        await stage.rest.sendToUser('bystander', 'alive', {});
        await alive;
    });

    test(`IX1 ${name} signs in again after a lost connection`, async (t) => {
        const client = await signedIn(t, 'returner');
        const again = next(client.connection, 'message', ({ event }) => event === 'pusher:signin_success');
        client.disconnect();
        client.connect();
        await again;
    });
}
