#pragma once

#include "ui/models/talkers.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <array>

namespace castdeck::ui {

class DataTable;
class LogModel;

/// The busiest channels, sockets and events side by side. Counts once a second, and only while somebody sees it.
class TopTalkers : public QWidget {
    Q_OBJECT

public:
    explicit TopTalkers(const LogModel& model, QWidget* parent = nullptr);

    void refresh();

Q_SIGNALS:
    void chosen(const QString& key, const QString& name); ///< "channel" and its name, as the filter line calls them.

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    const LogModel& m_model;
    std::array<TalkersModel*, 3> m_talkers{};
    QTimer m_timer;
};

} // namespace castdeck::ui
