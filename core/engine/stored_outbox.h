#pragma once

#include "core/store/outbox_file.h"
#include "core/webhook/outbox.h"

#include <utility>

namespace castdeck::engine {

/// The outbox of the webhooks in a file, so that what waits survives the end of the process.
class StoredOutbox final : public webhook::Outbox {
public:
    explicit StoredOutbox(store::OutboxFile file) : m_file{std::move(file)} {}

    Result<std::vector<webhook::OutboxEntry>> load() override;
    Result<void> write(const webhook::OutboxChange& change) override;

private:
    store::OutboxFile m_file;
};

} // namespace castdeck::engine
