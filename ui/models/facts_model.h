#pragma once

#include "ui/models/difference_model.h"
#include "ui/theme/colors.h"

#include <QtCore/QString>

namespace castdeck::ui {

/// One thing that is known, under its name. A head has a name only.
struct FactRow {
    int place = 0; ///< In the list; filled in by the model.
    QString name;
    QString value;
    bool isHead = false;
    bool isCode = false;
    Tone tone = Tone::Text;

    int key() const noexcept { return place; }
    bool operator==(const FactRow&) const = default;
};

/// Names and values, one a row: what would be a form, in the look and with the keys of all other lists.
class FactsModel : public DifferenceModel<FactRow> {
    Q_OBJECT

public:
    enum Column { Name, Value, ColumnCount };

    explicit FactsModel(QObject* parent = nullptr) : DifferenceModel{parent} {}

    void setFacts(std::vector<FactRow> facts);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace castdeck::ui
