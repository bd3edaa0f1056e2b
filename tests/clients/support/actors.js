/// Who the server itself knows, and what they may.

export const tokens = { ada: 'token-of-ada', bob: 'token-of-bob' };

/// What stands in broadcasting.json about them.
export const config = {
    actors: [
        { id: '1', name: 'Ada', role: 'admin', token: tokens.ada },
        { id: '2', name: 'Bob', role: 'basic', token: tokens.bob },
    ],
    authorize: {
        policy: 'open',
        topics: [
            { pattern: 'private-admins', when: { value: 'actor.role', is: 'equals', to: 'admin' } },
            { pattern: 'private-{id:[0-9]+}', when: { value: 'actor.id', is: 'equals', to: '{id}' } },
        ],
    },
};
