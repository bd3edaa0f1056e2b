#pragma once

#include "ui/models/log_store.h"

#include <QtWidgets/QWidget>

#include <array>

namespace castdeck::ui {

class Chip;

/// One switch for each kind of row that has come, with its count. With none on, all kinds are shown.
class TypeChips : public QWidget {
    Q_OBJECT

public:
    explicit TypeChips(QWidget* parent = nullptr);

    void setCounts(const LogStore::Counts& counts);
    /// One bit for each engine::EventKind; 0 for none on.
    std::uint32_t kinds() const;
    void setKinds(std::uint32_t kinds);

Q_SIGNALS:
    void kindsChanged(std::uint32_t kinds);

private:
    std::array<Chip*, engine::eventKindCount> m_chips{};
    LogStore::Counts m_counts{};
};

} // namespace castdeck::ui
