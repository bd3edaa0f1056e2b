#pragma once

#include <QtWidgets/QListView>

namespace castdeck::ui {

class HistoryModel;

/// What was sent, by day, two lines a message: event and time, channels and outcome. A click or Enter gives it back to
/// the composer.
class HistoryList : public QListView {
    Q_OBJECT

public:
    explicit HistoryList(HistoryModel* model, QWidget* parent = nullptr);

    void enter(); ///< Takes the focus, on the newest message if on none.
};

} // namespace castdeck::ui
