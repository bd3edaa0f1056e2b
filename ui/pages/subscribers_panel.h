#pragma once

#include "ui/models/virtual_subscribers_model.h"

#include <QtWidgets/QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace castdeck::ui {

class ChannelField;
class ClientEvents;
class DataTable;
class EmptyState;
class PayloadView;
class PersonaBook;

/// Virtual subscribers: who is played, where they listen, what each received, and client events from them.
///
/// Ownership: the personas outlive it.
class SubscribersPanel : public QWidget {
    Q_OBJECT

public:
    /// Where a subscriber of this application goes, "" for the first one; nothing, and `why`, while nobody can connect.
    using FindTarget = std::function<std::optional<SubscriberTarget>(const std::string& appId, QString& why)>;

    SubscribersPanel(PersonaBook& personas, FindTarget findTarget, QWidget* parent = nullptr);

    const VirtualSubscribersModel& subscribers() const { return *m_model; }
    void select(int row);

    /// A client event from one of them, who joins the channel if need be; clientEvents() tells what became of it.
    ClientEvents& clientEvents() { return *m_clientEvents; }

    /// Plays this one; for buttons on other pages. Why nobody is played, which the panel shows, too.
    QString subscribeAs(const std::string& personaId, const std::string& appId, const std::string& channel);

public Q_SLOTS:
    /// Plays the chosen persona and lets it join what stands in the channel field.
    void addSubscriber();
    void removeSelected();

Q_SIGNALS:
    /// Somebody wants to see what this socket did in the log.
    void socketRequested(const QString& socketId);

private:
    QWidget* buildHead();
    QWidget* buildList();
    QWidget* buildDetail();
    QWidget* buildClientEvent();
    void showPersonas();
    void showSelected();
    void showState();
    /// Null, and `why`, when it cannot be.
    VirtualSubscriber* play(const remote::Persona& persona, const std::string& appId, const std::string& channel,
                            QString& why);
    /// Whoever is connected there joins, else the first persona.
    VirtualSubscriber* playAnybody(const std::string& appId, const std::string& channel, QString& why);
    void joinMore();
    void sendClientEvent();
    void tell(const QString& sentence);
    VirtualSubscriber* selected() const; ///< Null for none.

    PersonaBook& m_personas;
    const FindTarget m_findTarget;
    VirtualSubscribersModel* m_model;
    ReceivedModel* m_received;
    ClientEvents* m_clientEvents;
    QComboBox* m_persona;
    ChannelField* m_channels;
    QLabel* m_told;
    DataTable* m_table;
    QStackedWidget* m_stack;
    QLabel* m_name;
    QLabel* m_state;
    QLabel* m_joined;
    QLineEdit* m_more;
    DataTable* m_receivedTable;
    PayloadView* m_payload;
    QComboBox* m_eventChannel;
    QLineEdit* m_eventName;
    QLineEdit* m_eventData;
    QPushButton* m_trigger;
};

} // namespace castdeck::ui
