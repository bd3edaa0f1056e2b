import { after } from 'node:test';

import Pusher from 'pusher-js-4';

import { channels } from './pusher_js/channels.js';
import { encrypted } from './pusher_js/encrypted.js';
import { liveness } from './pusher_js/liveness.js';
import { presence } from './pusher_js/presence.js';
import { openStage } from './support/stage.js';

// A browser's object that the encrypted channels of 4.x look at; Node.js has it from 21 on.
globalThis.navigator ??= { product: 'node' };

const stage = await openStage();
after(() => stage.close());

const client = { name: 'pusher-js 4.4', Pusher, stage };
channels(client);
presence(client);
encrypted(client);
liveness(client);
