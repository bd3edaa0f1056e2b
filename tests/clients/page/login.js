/// A page behind the same origin as the server: who it is for is known by a cookie, and it may repeat the token of its
/// session. `key` is that of the application.

/// Gives the token of the session; without an actor the visitor stays nobody.
async function logIn(actor) {
    const session = await (await fetch('/demo/session')).json();
    if (!actor)
        return session.csrf_token;
    const headers = { 'X-CSRF-TOKEN': session.csrf_token };
    const response = await fetch('/demo/login', { method: 'POST', headers, body: new URLSearchParams({ actor }) });
    if (!response.ok)
        throw new Error(`the login was answered ${response.status}`);
    return (await response.json()).csrf_token;
}

/// As resources/js/echo.js has it, with the default paths.
function makeEcho(key, csrfToken) {
    return new Echo.default({
        broadcaster: 'reverb',
        key,
        wsHost: location.hostname,
        wsPort: location.port,
        forceTLS: false,
        enabledTransports: ['ws', 'wss'],
        csrfToken,
    });
}

/// "subscribed", or the status of the refusal.
function outcomeOf(channel) {
    return new Promise((resolve) => {
        channel.subscribed(() => resolve('subscribed'));
        channel.error(({ status }) => resolve(status));
    });
}
