#include "ui/widgets/log_row_delegate.h"

#include "ui/models/log_model.h"
#include "ui/models/row_colors.h"

namespace castdeck::ui {

LogRowDelegate::LogRowDelegate(const RowColors& colors, const LogModel& model, QObject* parent)
    : RowDelegate{parent}
    , m_colors{colors}
    , m_model{model}
{
}

std::optional<Tone> LogRowDelegate::backgroundOf(const QModelIndex& index) const
{
    const engine::Event* event = m_colors.isEmpty() ? nullptr : m_model.eventAt(index.row());
    return event == nullptr ? std::nullopt : m_colors.toneOf(*event);
}

} // namespace castdeck::ui
