#include "core/engine/webhooks_reader.h"

#include "core/store/object_reader.h"

#include <algorithm>
#include <set>
#include <utility>

namespace castdeck::engine {

namespace {

using store::ObjectReader;
using webhook::WebhookTarget;

void readEvents(ObjectReader& reader, WebhookTarget& target)
{
    if (!reader.has("events"))
        return;
    std::vector<std::string> words;
    reader.read("events", words);
    target.kinds = {};
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (const auto kinds = webhook::eventKindsNamed(words[i]))
            target.kinds.add(*kinds);
        else
            reader.problems().error(
                reader.pathOf("events") / i,
                "must be the name of an event such as channel_occupied, or one of "
                "channel_existence, presence, client_events, cache_misses, subscription_count, all");
    }
    if (words.empty())
        reader.problems().warning(reader.pathOf("events"), "is empty: nothing is ever sent there");
}

void readFilter(ObjectReader& filter, webhook::ChannelFilter& channels)
{
    // The long names are those of soketi's configuration.
    filter.read("channel_name_starts_with", channels.startsWith);
    filter.read("starts_with", channels.startsWith);
    filter.read("channel_name_ends_with", channels.endsWith);
    filter.read("ends_with", channels.endsWith);
    filter.read("pattern", channels.pattern);
}

void readHeaders(ObjectReader& headers, WebhookTarget& target)
{
    for (const auto& [name, ignored] : headers.value().items()) {
        std::string value;
        headers.read(name, value);
        target.headers.push_back({name, std::move(value)});
    }
}

/// What is wrong with the address stands there, all else concerns a header.
void check(ObjectReader& reader, const WebhookTarget& target)
{
    if (target.url.empty())
        return reader.problems().error(reader.pathOf("url"), "is missing or empty");
    WebhookTarget address = target;
    address.headers.clear();
    if (const auto checked = webhook::checkTarget(address); !checked)
        reader.problems().error(reader.pathOf("url"), checked.error().detail);
    else if (const auto whole = webhook::checkTarget(target); !whole)
        reader.problems().error(reader.pathOf("headers"), whole.error().detail);
}

WebhookTarget readTarget(ObjectReader& reader)
{
    WebhookTarget target;
    reader.read("id", target.id);
    reader.read("url", target.url);
    readEvents(reader, target);
    reader.object("filter", [&](ObjectReader& filter) { readFilter(filter, target.channels); });
    reader.object("headers", [&](ObjectReader& headers) { readHeaders(headers, target); });
    reader.read("batch", target.isBatching);
    reader.read("allow_private_network", target.allowsPrivateNetwork);
    check(reader, target);
    return target;
}

std::vector<WebhookTarget> readTargets(ObjectReader& app)
{
    std::vector<WebhookTarget> targets;
    std::set<std::string> ids;
    app.objects("webhooks", [&](ObjectReader& reader) {
        targets.push_back(readTarget(reader));
        const std::string& id = targets.back().id.empty() ? targets.back().url : targets.back().id;
        if (!id.empty() && !ids.insert(id).second)
            reader.problems().error(reader.path(), "has the id of a webhook before it (without \"id\" it is the URL)");
    });
    return targets;
}

} // namespace

std::vector<webhook::AppWebhooks> readWebhooks(const store::EffectiveDocument& document,
                                               const std::vector<hub::AppConfig>& apps, store::Problems& problems)
{
    std::vector<webhook::AppWebhooks> webhooks;
    const store::OrderedJson* entries = document.find({"server", "apps"});
    if (entries == nullptr || !entries->is_array())
        return webhooks;
    auto app = apps.begin(); // Entries that are no objects are no applications.
    for (std::size_t i = 0; i < entries->size(); ++i) {
        if (!(*entries)[i].is_object() || app == apps.end())
            continue;
        ObjectReader reader{(*entries)[i], store::KeyPath{"server", "apps"} / i, document, problems};
        if (auto targets = readTargets(reader); !targets.empty())
            webhooks.push_back({app->id, app->key, app->secret, std::move(targets)});
        ++app;
    }
    return webhooks;
}

} // namespace castdeck::engine
