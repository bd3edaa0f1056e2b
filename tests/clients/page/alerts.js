/// Shows releases to everybody and alerts to administrators, in alert boxes. The address says where and as whom:
/// ?port=6001&key=K&token=T&channels=releases,private-admins, where the token may be missing.

const query = new URLSearchParams(location.search);
const show = (name, text) => {
    let item = document.getElementById(name);
    if (!item) {
        item = document.querySelector('#channels').appendChild(document.createElement('li'));
        item.id = name;
    }
    item.textContent = `${name}: ${text}`;
};

const token = query.get('token');
const pusher = new Pusher(query.get('key'), {
    cluster: 'eu',
    wsHost: location.hostname,
    wsPort: query.get('port'),
    forceTLS: false,
    enabledTransports: ['ws'],
    channelAuthorization: {
        endpoint: `http://${location.hostname}:${query.get('port')}/pusher/auth`,
        headers: token ? { Authorization: `Bearer ${token}` } : {},
    },
});

const shows = {
    releases: (channel) => channel.bind('NewRelease', (data) => {
        alert(data.message);
    }),
    'private-admins': (channel) => channel.bind('AdminUserAlert', (data) => {
        alert(`[${data.level.toUpperCase()}] ${data.message}`);
    }),
};
for (const name of query.get('channels').split(',')) {
    const channel = pusher.subscribe(name);
    channel.bind('pusher:subscription_succeeded', () => show(name, 'subscribed'));
    channel.bind('pusher:subscription_error', ({ type, status }) => show(name, `${type} ${status}`));
    shows[name](channel);
    show(name, 'asked for');
}
