#pragma once

#include "core/store/outbox_file.h"
#include "core/webhook/outbox.h"

#include <filesystem>
#include <functional>
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
/// as it lives; two servers would send everything twice and lose what the other one adds. The file is opened, or made,
/// when the outbox is loaded: by then a webhook needs it. Where it cannot be used nothing is kept. `onNotice` is called
/// on the webhook thread when that is so, or when a damaged file was replaced.
std::shared_ptr<webhook::Outbox> outboxOf(const std::filesystem::path& configuration,
                                          std::function<void(const std::string&)> onNotice);

} // namespace castdeck::engine
