#pragma once

#include "ui/models/stats_recorder.h"

#include <QtWidgets/QWidget>

#include <cstddef>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace castdeck::ui {

class EmptyState;
class PlotCard;
class Segmented;

/// What the server has been doing, as plots over the last minutes, with sizes, delays and who talks most.
///
/// Recording goes on while the page is hidden; drawing does not. Ownership: none of what it is shown is kept.
class StatsPage : public QWidget {
    Q_OBJECT

public:
    explicit StatsPage(QWidget* parent = nullptr);

    void addEvents(const std::vector<engine::Event>& events);
    void showSnapshot(const engine::Snapshot& snapshot);
    const StatsRecorder& recorder() const noexcept { return m_recorder; }

public Q_SLOTS:
    /// The picture stands still; what happens is still recorded.
    void setHeld(bool isHeld);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildHead();
    QWidget* buildPlots();
    void refresh();
    void showRates();
    void showHistograms();

    /// Seconds before this page says more than that it collects.
    static constexpr std::size_t enoughSamples = 10;

    StatsRecorder m_recorder;
    bool m_isHeld = false;
    Segmented* m_range;
    QPushButton* m_hold;
    QLabel* m_told;
    QStackedWidget* m_stack;
    EmptyState* m_collecting;
    PlotCard* m_connections;
    PlotCard* m_messages;
    PlotCard* m_errors;
    PlotCard* m_sizes;
    PlotCard* m_delays;
    PlotCard* m_talkers;
};

} // namespace castdeck::ui
