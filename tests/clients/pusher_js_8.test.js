import { after } from 'node:test';

import Pusher from 'pusher-js-8';

import { channels } from './pusher_js/channels.js';
import { encrypted } from './pusher_js/encrypted.js';
import { extras } from './pusher_js/extras.js';
import { liveness } from './pusher_js/liveness.js';
import { presence } from './pusher_js/presence.js';
import { users } from './pusher_js/users.js';
import { openStage } from './support/stage.js';

const stage = await openStage({ settings: { subscription_count: true } });
after(() => stage.close());

const client = { name: 'pusher-js 8.6', Pusher, stage };
channels(client);
presence(client);
encrypted(client);
extras(client);
users(client);
liveness(client);
