#pragma once

#include "core/engine/details.h"
#include "ui/models/difference_model.h"

#include <string_view>

namespace castdeck::ui {

struct SubscriptionRow {
    engine::SubscriptionDetails subscription;

    std::string_view key() const { return subscription.channel; }
    bool operator==(const SubscriptionRow&) const = default;
};

/// The channels that one connection is subscribed to.
class SubscriptionsModel : public DifferenceModel<SubscriptionRow> {
    Q_OBJECT

public:
    enum Column { Channel, Kind, As, Since, ColumnCount };

    explicit SubscriptionsModel(QObject* parent = nullptr) : DifferenceModel{parent} {}

    void setSubscriptions(const std::vector<engine::SubscriptionDetails>& subscriptions);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace castdeck::ui
