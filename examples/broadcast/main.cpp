// Tells of a release and of a user: two event classes, two connections, one of them with a driver of our own.

#include "core/broadcast/broadcast.h"

#include <iostream>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

using namespace castdeck::broadcast;

namespace {

/// An event by its shape alone: whoever says where it goes is one. Its name is that of the type.
struct NewRelease {
    std::string version;

    Channel broadcastOn() const { return "releases"; }
    Json broadcastWith() const { return {{"message", "Version " + version + " has been released !"}}; }
};

/// An event by inheritance, which can be kept and passed on as an Event. What it declares is its payload.
class UserAdded : public EventOf<UserAdded> {
public:
    UserAdded(int id, std::string name) : m_id{id}, m_name{std::move(name)} {}

    Channels broadcastOn() const override { return {PrivateChannel{"admins"}, PresenceChannel{"users"}}; }
    static auto broadcastProperties()
    {
        return std::tuple{property("id", &UserAdded::m_id), property("name", &UserAdded::m_name)};
    }

private:
    int m_id;
    std::string m_name;
};

/// A driver of our own: a printer with a title. Only capabilities() and publish() must be there; events with a name are
/// a choice, and whatever else is asked of it answers `not_supported`.
class Printer : public Driver {
public:
    explicit Printer(std::string title) : m_title{std::move(title)} {}

    /// The options are those of the connection. A mistake in them ends in the report, not in an exception.
    static castdeck::Result<std::shared_ptr<Driver>> make(const Options& options, const Services&)
    {
        OptionReader reader{options};
        const std::string title = reader.required({"title"});
        if (reader.hasFailed())
            return reader.error();
        return std::shared_ptr<Driver>{std::make_shared<Printer>(title)};
    }

    Capabilities capabilities() const override
    {
        Capabilities can;
        can.broadcast = can.manyChannels = {true, {}};
        return can;
    }

    void publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done) override
    {
        Delivery delivery;
        for (const std::string& topic : topics) {
            std::cout << m_title << ": " << topic << " <- " << message << '\n';
            delivery.entries.push_back(Entry::sent(topic));
        }
        done(std::move(delivery)); // Exactly once; it could as well be later, and on another thread.
    }

    void broadcast(const OutgoingEvent& event, Done<Delivery> done) override
    {
        publish(event.channels, event.name + ' ' + event.data, std::move(done));
    }

private:
    const std::string m_title;
};

/// What became of a call: a sentence for all of it, then a line for each channel of each connection.
void print(const Report& report)
{
    std::cout << report.summary() << '\n';
    for (const Entry& entry : report.entries)
        std::cout << "  " << describe(entry) << '\n';
}

} // namespace

int main()
{
    // The connection `log` is always there, and writes where the program says.
    Services services;
    services.log = [](LogLevel, std::string_view line) { std::cout << "log: " << line << '\n'; };

    // Options are JSON text, as a configuration file would have them.
    ConnectionsConfig config;
    config.defaultJson = R"("log")";
    config.connections = {{"paper", {{"driver", R"("printer")"}, {"title", R"("On paper")"}}}};

    const auto manager = std::make_shared<Manager>(config, services);
    manager->extend("printer", Printer::make);
    Broadcast::install(manager);

    print(Broadcast::channel(NewRelease{"4.0.0"}).get());
    print(Broadcast::channel(NewRelease{"4.0.1"}, "paper").get());

    // Private and presence channels want somebody who sends; without, they are skipped, and the report says so.
    const UserAdded ada{7, "Ada"};
    print(Broadcast::channel(ada, "paper").get());
    print(Broadcast::channel(ada, CallOptions{"paper"}.as(Actor{"1"})).get());

    // Raw names, an event without a class, and a connection that nobody has defined.
    print(Broadcast::channel({"releases", "news"}, "Hello", {{"to", "everybody"}}).get());
    print(Broadcast::connection("fax").channel(NewRelease{"4.0.2"}).get());
    Broadcast::install(nullptr);
}
