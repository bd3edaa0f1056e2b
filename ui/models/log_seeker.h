#pragma once

#include "ui/models/log_store.h"

#include <QtCore/QObject>

#include <optional>
#include <string>

namespace castdeck::ui {

class LogModel;

/// Finds the row of a message that was sent in a log that may not have it yet: rows come a little later than the answer
/// to a send, and the view shows them later still.
///
/// Thread: GUI. The model outlives it.
class LogSeeker : public QObject {
    Q_OBJECT

public:
    struct Wanted {
        std::string appId; ///< Empty: of any application.
        std::string channel;
        std::string event;
        WallTime since{}; ///< No older row is meant.
    };

    explicit LogSeeker(LogModel& model, QObject* parent = nullptr);

    /// The newest such row, or the first that comes. Signals may come at once.
    void seek(Wanted wanted);
    void giveUp();

Q_SIGNALS:
    void found(const castdeck::engine::Event& event); ///< It is in the log.
    void hidden();                                    ///< Filter, types or a pause keep it from the view.
    void shown(int row);                              ///< It is in the view; the search is over.

private:
    void look();
    bool isWanted(const engine::Event& event) const;
    bool findInStore();

    LogModel& m_model;
    std::optional<Wanted> m_wanted;
    LogStore::Sequence m_from = 0; ///< The first row not yet looked at.
    std::optional<LogStore::Sequence> m_found;
};

} // namespace castdeck::ui
