#pragma once

#include "core/engine/snapshot.h"
#include "core/hub/app_config.h"
#include "ui/text/draft.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QStringListModel;

namespace castdeck::ui {

class ChannelField;
class PayloadField;
class Segmented;
class SendOptions;

/// Channels, event and payload of one message, checked while typing. Never changes a byte of the payload unasked.
class Composer : public QWidget {
    Q_OBJECT

public:
    explicit Composer(const std::vector<hub::AppConfig>& apps, QWidget* parent = nullptr);

    /// What is in the fields, with the socket to leave out.
    Draft draft() const;
    /// The socket to leave out is not taken over: it may be long gone.
    void setDraft(const Draft& draft);
    void sendTo(const QString& appId, const QString& channel);
    QString appId() const;
    void setApp(const QString& appId); ///< One that is not there changes nothing.
    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot);
    /// Whether messages go to the server in this program: only there apps and subscribers are known.
    void setEmbedded(bool isEmbedded);
    void setApps(const std::vector<hub::AppConfig>& apps);
    /// Whether client events can be sent by a virtual subscriber, too.
    void setClientPossible(bool isPossible);
    /// Names met before, offered besides the occupied channels.
    void setKnownNames(const QStringList& channels, const QStringList& events);
    /// Subscribers of a channel where they are known.
    std::optional<std::size_t> subscribersOf(const std::string& channel) const;
    DraftLimits limits() const;
    DraftProblems problems() const; ///< What keeps it from being sent, as far as it is filled in.
    /// Whether a virtual subscriber is to send it, as clients do.
    bool isFromClient() const;
    /// The configured application, null when messages go elsewhere.
    const hub::AppConfig* app() const;
    const hub::AppConfig* findApp(const QString& appId) const; ///< Null when there is none.
    int cursorPosition() const;
    void setCursorPosition(int position);
    SendOptions* options() const { return m_options; }

Q_SIGNALS:
    /// The draft is whole and correct.
    void sendRequested(const castdeck::ui::Draft& draft);
    /// Somebody pressed Send on a draft that cannot be sent; the sentence says why.
    void refused(const QString& sentence);
    void edited(); ///< Channels, event, payload or mode are others.

public Q_SLOTS:
    void send();
    void clear();
    /// The cursor goes to the next thing that keeps the message from being sent, else to the payload.
    void showNextProblem();
    void setOptionsShown(bool isShown);

private:
    void build();
    void connectParts();
    QWidget* buildFields();
    void check();
    DraftProblems problemsOf(const Draft& draft, const DraftLimits& allowed) const;
    void showChannelState(const DraftProblems& problems);
    void showEventState(const DraftProblems& problems);
    void showEncryption();
    void showSuggestions();
    void submit(Draft draft, bool ignoresSize);
    bool hasRequiredParts(const Draft& draft);

    std::vector<hub::AppConfig> m_apps;
    bool m_isEmbedded = true;
    bool m_isClientPossible = true;
    std::shared_ptr<const engine::Snapshot> m_snapshot;
    QStringList m_knownChannels;
    QComboBox* m_app;
    QLabel* m_appLabel;
    ChannelField* m_channels;
    QLabel* m_channelCount;
    QLabel* m_channelsHint;
    QLineEdit* m_event;
    QStringListModel* m_eventNames;
    QLabel* m_eventHint;
    Segmented* m_sender; ///< Of a client event.
    PayloadField* m_payload;
    SendOptions* m_options;
};

} // namespace castdeck::ui
