#pragma once

#include "core/store/outbox_file.h"
#include "core/webhook/outbox.h"

#include <utility>

namespace castdeck::test {

/// The webhooks' outbox in a file, as the engine joins the two.
class StoredOutbox final : public webhook::Outbox {
public:
    explicit StoredOutbox(store::OutboxFile file) : m_file{std::move(file)} {}

    Result<std::vector<webhook::OutboxEntry>> load() override;
    Result<void> write(const webhook::OutboxChange& change) override;

private:
    store::OutboxFile m_file;
};

} // namespace castdeck::test
