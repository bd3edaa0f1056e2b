#pragma once

#include <initializer_list>
#include <iterator> // with <concepts>, which Qt's moc cannot read by itself
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::broadcast {

/// A public channel, or a raw name that is used as it stands, whatever its prefix. Every text is one.
class Channel {
public:
    template <std::convertible_to<std::string_view> Text>
    Channel(const Text& name) : Channel{std::string_view{name}, {}, false}
    {
    }

    const std::string& name() const noexcept { return m_name; } ///< As it travels, prefix included.
    /// Whether an event may be sent here only while somebody is known to send it.
    bool needsActor() const noexcept { return m_needsActor; }

protected:
    /// Puts `prefix` before the name unless it starts with that very prefix; no other prefix is looked at.
    Channel(std::string_view name, std::string_view prefix, bool needsActor);

private:
    std::string m_name;
    bool m_needsActor;
};

class PrivateChannel : public Channel {
public:
    explicit PrivateChannel(std::string_view name) : Channel{name, "private-", true} {}
};

class PresenceChannel : public Channel {
public:
    explicit PresenceChannel(std::string_view name) : Channel{name, "presence-", true} {}
};

class EncryptedChannel : public Channel {
public:
    explicit EncryptedChannel(std::string_view name) : Channel{name, "private-encrypted-", true} {}
};

/// One channel or a list of them, each name once: the first occurrence is kept.
class Channels {
public:
    Channels() = default;
    template <std::convertible_to<Channel> One> Channels(const One& one) : Channels{std::vector<Channel>{one}} {}
    Channels(std::initializer_list<Channel> list) : Channels{std::vector<Channel>{list}} {}
    template <class List>
        requires(!std::convertible_to<List, Channel> &&
                 requires(const List& list) {
                     { *std::begin(list) } -> std::convertible_to<Channel>;
                 })
    Channels(const List& list) : Channels{std::vector<Channel>(std::begin(list), std::end(list))}
    {
    }
    Channels(std::vector<Channel> list);

    const std::vector<Channel>& list() const noexcept { return m_list; }
    bool isEmpty() const noexcept { return m_list.empty(); }

private:
    std::vector<Channel> m_list;
};

} // namespace castdeck::broadcast
