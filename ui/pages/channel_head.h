#pragma once

#include "core/pusher/channel_name.h"

#include <QtWidgets/QWidget>

#include <optional>
#include <string>

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;

namespace castdeck::ui {

class Chip;
class Figure;
class ValueText;

/// The top of the detail of a channel, wherever the channel is: its name, what its kind means, what to do with it, and
/// its numbers.
class ChannelHead : public QWidget {
    Q_OBJECT

public:
    /// The buttons are `name`.sendto, `name`.subscribe and `name`.copyname.
    explicit ChannelHead(const QString& name, QWidget* parent = nullptr);

    /// Where a name says nothing about the kind, there is none.
    void setChannel(const std::string& name, std::optional<pusher::ChannelKind> kind);
    /// Who can be played on the channel; without it nobody is offered.
    void setSubscribeMenu(QMenu* menu);
    /// Behind those that are there.
    Figure* addFigure(const QString& caption);

Q_SIGNALS:
    void sendToRequested();

private:
    std::string m_channel;
    ValueText* m_name;
    Chip* m_kind;
    QLabel* m_meaning;
    QPushButton* m_sendTo;
    QPushButton* m_subscribe;
    QPushButton* m_copy;
    QHBoxLayout* m_figures;
};

} // namespace castdeck::ui
