#pragma once

#include "core/engine/snapshot.h"
#include "core/hub/app_config.h"
#include "ui/text/draft.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace castdeck::ui {

class FlowLayout;
class JsonEditor;
class Segmented;
class SizeMeter;

/// Channels, event and payload of one message, checked while typing. Never changes a byte of the payload unasked.
class Composer : public QWidget {
    Q_OBJECT

public:
    explicit Composer(const std::vector<hub::AppConfig>& apps, QWidget* parent = nullptr);

    Draft draft() const;
    void setDraft(const Draft& draft);
    void sendTo(const QString& appId, const QString& channel);
    QString appId() const;
    void setApp(const QString& appId); ///< One that is not there changes nothing.
    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot);
    /// Whether messages go to the server in this program: only there apps and subscribers are known.
    void setEmbedded(bool isEmbedded);

Q_SIGNALS:
    /// The draft is whole and correct.
    void sendRequested(const castdeck::ui::Draft& draft);
    /// Somebody pressed Send on a draft that cannot be sent; the sentence says why.
    void refused(const QString& sentence);

private:
    void build();
    QWidget* buildFields();
    QWidget* buildPayloadHead();
    void check();
    void showChips();
    void showPayloadState(const DraftProblems& problems);
    void rewrite(std::string (*change)(std::string_view));
public Q_SLOTS:
    void send();

private:
    DraftLimits limits() const;
    std::size_t subscribersOf(const std::string& channel) const;

    std::vector<hub::AppConfig> m_apps;
    bool m_isEmbedded = true;
    std::shared_ptr<const engine::Snapshot> m_snapshot;
    QComboBox* m_app;
    QLabel* m_appLabel;
    QLineEdit* m_channels;
    QWidget* m_chips;
    FlowLayout* m_chipFlow;
    QLabel* m_channelsHint;
    QLineEdit* m_event;
    QLabel* m_eventHint;
    Segmented* m_mode;
    QPushButton* m_format;
    QPushButton* m_minify;
    JsonEditor* m_payload;
    QLabel* m_payloadHint;
    SizeMeter* m_size;
};

} // namespace castdeck::ui
