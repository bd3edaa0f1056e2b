/// The unmodified client libraries, for scripts that stand where Node.js would not find them.

export { default as Echo } from 'laravel-echo';
export { default as RestLibrary } from 'pusher';
export { default as Pusher } from 'pusher-js-8';
export { WebSocket, WebSocketServer } from 'ws';
