/// People and programs outside the window. Reads one command a line on standard input, {"id": 1, "do": "open", ...}, and
/// answers each with a line {"id": 1, ...} or {"id": 1, "error": "..."}. What the clients hear comes as lines without an
/// id. Ends with its standard input.

import { createInterface } from 'node:readline';

import { clients, rest } from './commands.js';
import { servers } from './server.js';

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const commands = { ...clients(print), ...rest(), ...servers() };

async function answer({ id, do: name, ...fields }) {
    try {
        print({ id, ...(await commands[name](fields)) });
    } catch (error) {
        print({ id, error: String(error.message ?? error) });
    }
}

for await (const line of createInterface({ input: process.stdin }))
    answer(JSON.parse(line));
process.exit();
