#pragma once

#include "ui/widgets/row_delegate.h"

namespace castdeck::ui {

class LogModel;
class RowColors;

/// Draws the rows of the log, those that somebody has coloured on their colour. Colours and model outlive it.
class LogRowDelegate : public RowDelegate {
    Q_OBJECT

public:
    LogRowDelegate(const RowColors& colors, const LogModel& model, QObject* parent = nullptr);

protected:
    std::optional<Tone> backgroundOf(const QModelIndex& index) const override;

private:
    const RowColors& m_colors;
    const LogModel& m_model;
};

} // namespace castdeck::ui
