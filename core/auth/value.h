#pragma once

#include "core/auth/actor.h"
#include "core/auth/authorization_request.h"
#include "core/auth/channel_pattern.h"
#include "core/base/result.h"

#include <span>
#include <string>
#include <string_view>

namespace castdeck::auth {

/// What one decision is about. Ownership: refers to what its maker holds, for as long as the decision takes.
struct Subject {
    const AuthorizationRequest& request;
    std::string_view channel; ///< Empty when it is about no channel.
    const Parameters& parameters;
    const Actor* actor; ///< Null for anonymous.
};

/// Something that is known of a subject: nothing, one text, or a list of texts.
struct Value {
    enum class Form { Missing, Text, List };

    Form form = Form::Missing;
    std::string_view text;
    std::span<const std::string> list;
};

/// The name of such a value in rules: `actor.role`, `header.SECRET`, `param.uuid`.
class ValueName {
public:
    /// Fails with InvalidInput and what names there are.
    static Result<ValueName> parse(std::string_view text);
    static ValueName parameter(std::string_view name);

    Value in(const Subject& subject) const;

    const std::string& text() const noexcept { return m_text; }
    /// "uuid" of `param.uuid`, and nothing of other names.
    std::string_view parameterName() const;
    /// It can hold a password or token, so it is never shown: what a request carries beside its channel and socket, and
    /// attributes of an actor that are called so.
    bool isSecret() const;
    /// It comes with the request itself, or with the handshake of the client that asks.
    bool isOfHandshake() const noexcept;

private:
    enum class Field {
        ActorId,
        ActorName,
        ActorRole,
        ActorRoles,
        ActorAttribute,
        Header,
        Query,
        Form,
        Parameter,
        Channel,
        ChannelBare,
        ChannelKind,
        SocketId,
        RemoteIp,
        Path,
        Method,
    };

    ValueName(Field field, std::string key, std::string text)
        : m_field{field}
        , m_key{std::move(key)}
        , m_text{std::move(text)}
    {
    }
    Value ofActor(const Actor& actor) const;
    Value ofChannel(std::string_view channel) const;

    Field m_field;
    std::string m_key;
    std::string m_text;
};

} // namespace castdeck::auth
