/// Shows in the page what pusher-js hears. The address says where and as whom: ?port=6001&key=K&user=ann&room=1

const query = new URLSearchParams(location.search);
const show = (list, text) => {
    const item = document.createElement('li');
    item.textContent = text;
    document.querySelector(list).append(item);
};

const client = new Pusher(query.get('key'), {
    cluster: 'mt1',
    wsHost: location.hostname,
    wsPort: query.get('port'),
    forceTLS: false,
    enabledTransports: ['ws'],
    channelAuthorization: { endpoint: '/pusher/auth', params: { user: query.get('user') } },
});
client.connection.bind('state_change', ({ current }) => {
    document.querySelector('#state').textContent = current;
});

const room = client.subscribe(`private-${query.get('room')}`);
room.bind('pusher:subscription_succeeded', () => show('#news', 'subscribed'));
room.bind('news', ({ text }) => show('#news', text));
room.bind('client-hello', ({ text }) => show('#news', `whispered: ${text}`));

const lobby = client.subscribe(`presence-${query.get('room')}`);
const showMembers = () => {
    document.querySelector('#members').replaceChildren();
    lobby.members.each(({ id, info }) => show('#members', `${id}: ${info.name}`));
};
lobby.bind('pusher:subscription_succeeded', showMembers);
lobby.bind('pusher:member_added', showMembers);
lobby.bind('pusher:member_removed', showMembers);
