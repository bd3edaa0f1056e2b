#pragma once

#include "core/engine/details.h"

#include <QtCore/QObject>

namespace castdeck::ui {

class OccupancyControl;

/// Keeps the details of one connection or channel fresh: asks at once when another one is looked at, and again each
/// time it is told to, never twice at a time. Answers about something else are dropped.
class DetailsFeed : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Null while there is nobody to ask; else it must outlive this.
    void setControl(OccupancyControl* control) { m_control = control; }
    void look(const engine::DetailsQuestion& question);
    const engine::DetailsQuestion& question() const noexcept { return m_question; }
    bool isAnswered() const noexcept { return m_isAnswered; } ///< For the question of the moment.

Q_SIGNALS:
    void arrived(const castdeck::engine::Details& details);

private:
    void ask();
    void take(const engine::Details& details);

    OccupancyControl* m_control = nullptr;
    engine::DetailsQuestion m_question;
    bool m_isUnderWay = false;
    bool m_isAnswered = false;
};

} // namespace castdeck::ui
