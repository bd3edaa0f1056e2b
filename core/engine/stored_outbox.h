#pragma once

#include "core/store/outbox_file.h"
#include "core/webhook/outbox.h"

#include <filesystem>
#include <memory>
#include <string>
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

/// The outbox of the server with this configuration, `broadcasting.webhooks.db` beside `broadcasting.json`, for as long
/// as it lives; two servers would send everything twice and lose what the other one adds. Null when it cannot be used.
/// `notice` then says why, or that a damaged file was replaced, and else stays empty.
std::shared_ptr<webhook::Outbox> openOutbox(const std::filesystem::path& configuration, std::string& notice);

} // namespace castdeck::engine
