/// Waiting without sleeping: every wait has a deadline and says what did not come.

const defaultMilliseconds = 10_000;

export function within(promise, what, milliseconds = defaultMilliseconds) {
    let timer;
    const expired = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${what} did not come within ${milliseconds} ms`)), milliseconds);
    });
    return Promise.race([promise, expired]).finally(() => clearTimeout(timer));
}

/// Resolves with the data of the next such event of a pusher-js emitter: a connection, a channel, a user.
export function next(emitter, event, matches = () => true, milliseconds = defaultMilliseconds) {
    let listen;
    const received = new Promise((resolve) => {
        listen = (data) => matches(data) && resolve(data);
        emitter.bind(event, listen);
    });
    return within(received, `event ${event}`, milliseconds).finally(() => emitter.unbind(event, listen));
}

/// The data of all such events from here on, and a way to wait until there are `count` of them.
export function collect(emitter, event) {
    const items = [];
    let check = () => {};
    emitter.bind(event, (data) => {
        items.push(data);
        check();
    });
    const until = (count) => {
        const complete = new Promise((resolve) => {
            check = () => items.length >= count && resolve(items);
            check();
        });
        return within(complete, `event ${event}, ${count} times,`);
    };
    return { items, until };
}
