import { after } from 'node:test';

import Pusher from 'pusher-js-7';

import { channels } from './pusher_js/channels.js';
import { encrypted } from './pusher_js/encrypted.js';
import { liveness } from './pusher_js/liveness.js';
import { presence } from './pusher_js/presence.js';
import { openStage } from './support/stage.js';

const stage = await openStage();
after(() => stage.close());

const client = { name: 'pusher-js 7.0.3', Pusher, stage };
channels(client);
presence(client);
encrypted(client);
liveness(client);
