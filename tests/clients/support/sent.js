/// What a pusher-js tells through its own log that it sends.

const mark = 'Event sent : ';

/// Gives a function that tells the data of all frames with this event that left during the test `t`, of every
/// client that is made after this call.
export function sentBy(t, Pusher) {
    const frames = [];
    Pusher.log = (message) => {
        const [, frame] = message.split(mark);
        if (frame)
            frames.push(JSON.parse(frame));
    };
    t.after(() => {
        Pusher.log = undefined;
    });
    return (event) => frames.filter((frame) => frame.event === event).map(({ data }) => data);
}
