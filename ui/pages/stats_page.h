#pragma once

#include "ui/bridge/remote_control.h"
#include "ui/models/stats_recorder.h"

#include <QtWidgets/QWidget>

#include <cstddef>
#include <vector>

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
    /// The page is about a server elsewhere: what it does not tell is said in place of a plot.
    void showFacts(const RemoteFacts& facts);
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
    void showMissing();
    void showHistograms();

    /// Seconds before this page says more than that it collects.
    static constexpr std::size_t enoughSamples = 10;

    StatsRecorder m_recorder;
    bool m_isHeld = false;
    std::vector<remote::Capability> m_capabilities; ///< Empty for the server in this program.
    Segmented* m_range;
    QPushButton* m_hold;
    QLabel* m_told;
    QLabel* m_scope; ///< Of what the figures are.
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
