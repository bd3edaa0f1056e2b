#include "ui/models/subscriptions_model.h"

#include "ui/models/event_words.h"
#include "ui/models/roles.h"
#include "ui/text/shown_text.h"
#include "ui/text/shown_time.h"

namespace castdeck::ui {

namespace {

QString cell(const engine::SubscriptionDetails& subscription, int column)
{
    switch (column) {
    case SubscriptionsModel::Channel: return shownText(subscription.channel, 256);
    case SubscriptionsModel::Kind: return lookOf(subscription.kind).word;
    case SubscriptionsModel::As: return shownText(subscription.userId, 128);
    case SubscriptionsModel::Since: return subscription.since ? clockTime(*subscription.since) : QString{};
    default: return {};
    }
}

} // namespace

void SubscriptionsModel::setSubscriptions(const std::vector<engine::SubscriptionDetails>& subscriptions)
{
    std::vector<SubscriptionRow> rows;
    for (const engine::SubscriptionDetails& each : subscriptions)
        rows.push_back({each});
    std::ranges::sort(rows, {}, &SubscriptionRow::key);
    assign(std::move(rows));
}

int SubscriptionsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SubscriptionsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const engine::SubscriptionDetails& subscription = rowAt(index.row()).subscription;
    const ChannelLook look = lookOf(subscription.kind);
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return cell(subscription, column);
    case IconRole: return column == Kind ? look.icon : QVariant{};
    case BadgeRole: return column == Kind;
    case ToneRole: return static_cast<int>(column == Kind ? look.tone : column == Channel ? Tone::Text : Tone::Muted);
    case StrongRole: return column == Channel;
    case CodeRole: return column == Since;
    default: return {};
    }
}

QVariant SubscriptionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Channel: return tr("Channel");
    case Kind: return tr("Kind");
    case As: return tr("As user");
    case Since: return tr("Since");
    default: return {};
    }
}

} // namespace castdeck::ui
