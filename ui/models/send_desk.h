#pragma once

#include "core/broadcast/report.h"
#include "core/engine/event.h"
#include "core/hub/app_config.h"
#include "ui/bridge/server_view.h"
#include "ui/models/sent_message.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace castdeck::ui {

class HistoryModel;

/// What became of one message of those that were sent together.
struct BatchLine {
    Draft draft;
    bool isAnswered = false;
    bool isAccepted = false;
    std::optional<std::size_t> receivers{}; ///< Where it is known.
    QString problem{};                      ///< Why it was not accepted.
};

struct BatchOutcome {
    std::vector<BatchLine> lines;
    std::vector<broadcast::Exchange> exchanges; ///< With a server elsewhere.
};

/// No row of the log about the message is older.
WallTime sentAt(const SentMessage& message);

/// Where messages leave the window: by the server in this program or through a connection, several of them in one
/// request where the connection can. What is sent is written into the history first, and what comes back is told once
/// it is written down, too.
///
/// Thread: GUI. Controls and history outlive it.
class SendDesk : public QObject {
    Q_OBJECT

public:
    /// Which way messages go.
    struct Way {
        bool isEmbedded = true;
        std::string connection;              ///< Its name, empty for the server in this program.
        QString appId;                       ///< For the server in this program.
        const hub::AppConfig* app = nullptr; ///< The same; null when it is not known.
        bool wantsCounts = false;            ///< The subscribers of each channel are asked for.
    };

    SendDesk(ServerControl& server, ConnectionControl& connections, HistoryModel& history, QObject* parent = nullptr);

    /// All or none; why none, one sentence, is returned. More than one are a batch.
    QString send(const std::vector<Draft>& drafts, const Way& way);
    /// What was sent last; nothing before the first.
    const std::optional<SentMessage>& last() const noexcept { return m_last; }

    void showOutcome(const engine::PublishOutcome& outcome);
    void showReport(std::uint64_t id, const broadcast::Report& report);
    /// Rows of the live log: among them may be when the last message was delivered.
    void showEvents(const std::vector<engine::Event>& events);

Q_SIGNALS:
    // These are about what was sent last.
    void answered(const castdeck::engine::PublishOutcome& outcome);
    void reported(const castdeck::broadcast::Report& report);
    void batchAnswered(const castdeck::ui::BatchOutcome& outcome);
    void delivered(std::chrono::microseconds after); ///< To the last of all receivers.

private:
    using Key = std::uint64_t; ///< Of a message in the history.
    /// Messages that one report answers, with the number of their channels.
    struct Asked {
        std::vector<Key> keys;
        std::vector<std::size_t> channels;
    };

    QString sendHere(const std::vector<Draft>& drafts, const Way& way);
    void sendThrough(const std::vector<Draft>& drafts, const Way& way);
    void begin(const std::vector<Draft>& drafts);
    Key remember(const Draft& draft, const Way& way);
    void settleBatch(Key key, bool isAccepted, std::optional<std::size_t> receivers, const QString& problem);
    void showPart(Key key, const broadcast::Report& part);
    void lookAtTraces();

    ServerControl& m_server;
    ConnectionControl& m_connections;
    HistoryModel& m_history;
    Key m_lastKey = 0;
    std::map<std::uint64_t, Key> m_commands;    ///< By the id of what the server was asked.
    std::map<std::uint64_t, Asked> m_emissions; ///< By the id of what a connection was asked.
    std::optional<SentMessage> m_last;
    std::map<Key, std::size_t> m_batchLines; ///< Of the last batch: the line that belongs to a message.
    BatchOutcome m_batch;
    std::vector<std::shared_ptr<const engine::DeliveryTrace>> m_traces; ///< Of the last message, one a channel.
    QTimer m_traceTimer;
    int m_traceLooks = 0;
};

} // namespace castdeck::ui
