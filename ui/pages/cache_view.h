#pragma once

#include "core/engine/details.h"

#include <QtWidgets/QWidget>

#include <optional>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace castdeck::ui {

class EmptyState;
class ValueText;

/// The event that a cache channel keeps: its name, how old it is, how long it will be given to new subscribers, and its
/// data.
class CacheView : public QWidget {
    Q_OBJECT

public:
    explicit CacheView(QWidget* parent = nullptr);

    void setCached(pusher::ChannelKind kind, const std::optional<engine::CachedDetails>& cached);

private:
    void showData();

    QStackedWidget* m_stack;
    EmptyState* m_empty;
    ValueText* m_event;
    QLabel* m_times;
    QPlainTextEdit* m_data;
    QPushButton* m_copy;
    std::string m_shownData;
};

} // namespace castdeck::ui
