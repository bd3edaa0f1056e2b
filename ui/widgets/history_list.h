#pragma once

#include <QtWidgets/QListView>

namespace castdeck::ui {

class HistoryModel;

/// What was sent, two lines a message: event and time, channels and outcome. A click gives it back to the composer.
class HistoryList : public QListView {
    Q_OBJECT

public:
    explicit HistoryList(HistoryModel* model, QWidget* parent = nullptr);
};

} // namespace castdeck::ui
