#pragma once

#include "core/broadcast/driver.h"
#include "core/broadcast/services.h"

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace castdeck::test {

/// What the RecordingDrivers of one test were asked for. Thread: any.
class Record {
public:
    struct Call {
        broadcast::OutgoingEvent event; ///< Of a publish: the message as data, no name.
        std::string options;            ///< The option `tag` of the driver that was asked.
    };

    void add(Call call)
    {
        const std::lock_guard lock{m_mutex};
        m_calls.push_back(std::move(call));
    }
    std::vector<Call> calls() const
    {
        const std::lock_guard lock{m_mutex};
        return m_calls;
    }

    bool isHolding = false; ///< Set before use: answers wait for release().
    void hold(std::function<void()> answer)
    {
        const std::lock_guard lock{m_mutex};
        m_held.push_back(std::move(answer));
    }
    std::size_t heldCount() const
    {
        const std::lock_guard lock{m_mutex};
        return m_held.size();
    }
    void release()
    {
        std::vector<std::function<void()>> held;
        {
            const std::lock_guard lock{m_mutex};
            held.swap(m_held);
        }
        for (const auto& answer : held)
            answer();
    }
    void forget()
    {
        std::vector<std::function<void()>> held; // Destroyed without the lock: an answer that is gone has consequences.
        const std::lock_guard lock{m_mutex};
        held.swap(m_held);
    }

private:
    mutable std::mutex m_mutex;
    std::vector<Call> m_calls;
    std::vector<std::function<void()>> m_held;
};

/// Says `sent` and writes down what it was asked for.
class RecordingDriver : public broadcast::Driver {
public:
    RecordingDriver(std::shared_ptr<Record> record, std::string tag)
        : m_record{std::move(record)}
        , m_tag{std::move(tag)}
    {
    }

    static broadcast::DriverFactory factory(std::shared_ptr<Record> record)
    {
        return [record](const broadcast::Options& options, const broadcast::Services&) {
            broadcast::OptionReader reader{options};
            return Result<std::shared_ptr<broadcast::Driver>>{
                std::make_shared<RecordingDriver>(record, reader.text({"tag"}))};
        };
    }

    broadcast::Capabilities capabilities() const override { return {}; }
    void publish(const std::vector<std::string>& topics, const std::string& message,
                 Done<broadcast::Delivery> done) override
    {
        broadcast::OutgoingEvent event;
        event.channels = topics;
        event.data = message;
        broadcast(event, std::move(done));
    }
    void broadcast(const broadcast::OutgoingEvent& event, Done<broadcast::Delivery> done) override
    {
        m_record->add({event, m_tag});
        broadcast::Delivery delivery;
        for (const std::string& channel : event.channels)
            delivery.entries.push_back(broadcast::Entry::sent(channel));
        const auto answer = [delivery, done = std::move(done)] { done(delivery); };
        if (m_record->isHolding)
            m_record->hold(answer);
        else
            answer();
    }

private:
    const std::shared_ptr<Record> m_record;
    const std::string m_tag;
};

} // namespace castdeck::test
