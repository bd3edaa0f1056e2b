#include "ui/widgets/type_chips.h"

#include "ui/models/event_words.h"
#include "ui/text/shown_text.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow_layout.h"

namespace castdeck::ui {

TypeChips::TypeChips(QWidget* parent) : QWidget{parent}
{
    setObjectName(QStringLiteral("log.types"));
    auto* layout = new FlowLayout{6, this};
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        const EventLook look = lookOf(static_cast<engine::EventKind>(i));
        auto* chip = new Chip{Chip::Use::Switch, this};
        chip->setObjectName(QStringLiteral("log.types.%1").arg(look.keyword));
        chip->setText(look.word);
        chip->setAccessibleName(look.word);
        chip->setLook(look.icon, look.tone);
        chip->setContextMenuPolicy(Qt::CustomContextMenu);
        chip->setToolTip(tr("Show only the chosen types. Right-click: only this one."));
        chip->hide();
        connect(chip, &Chip::clicked, this, [this] { Q_EMIT kindsChanged(kinds()); });
        connect(chip, &Chip::customContextMenuRequested, this, [this, i] {
            setKinds(1U << i);
            Q_EMIT kindsChanged(kinds());
        });
        layout->addWidget(chip);
        m_chips[i] = chip;
    }
    setVisible(false);
}

void TypeChips::setCounts(const LogStore::Counts& counts)
{
    if (counts == m_counts)
        return;
    m_counts = counts;
    bool isAnyShown = false;
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        m_chips[i]->setRemark(shownCount(counts[i]));
        m_chips[i]->setVisible(counts[i] > 0 || m_chips[i]->isChecked());
        isAnyShown = isAnyShown || !m_chips[i]->isHidden();
    }
    setVisible(isAnyShown);
}

std::uint32_t TypeChips::kinds() const
{
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        if (m_chips[i]->isChecked())
            bits |= 1U << i;
    }
    return bits;
}

void TypeChips::setKinds(std::uint32_t kinds)
{
    for (std::size_t i = 0; i < m_chips.size(); ++i)
        m_chips[i]->setChecked((kinds & (1U << i)) != 0);
}

} // namespace castdeck::ui
