#pragma once

#include "core/broadcast/report.h"
#include "core/engine/event.h"
#include "ui/theme/colors.h"

#include <QtWidgets/QFrame>

#include <chrono>
#include <optional>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace castdeck::ui {

struct BatchOutcome;

/// What became of the last message, in words: when it was taken and whom it reached, or why not. Behind a failure stand
/// the request and the answer.
class Receipt : public QFrame {
    Q_OBJECT

public:
    explicit Receipt(QWidget* parent = nullptr);

    void showIdle();
    void showWaiting();
    void showOutcome(const engine::PublishOutcome& outcome);
    void showReport(const broadcast::Report& report);
    /// Added to the outcome that is shown, or to the next one.
    void showLastDelivery(std::chrono::microseconds after);
    void showRefusal(const QString& sentence);
    void showNotice(const QString& sentence); ///< Something else than a send.
    void showBatch(const BatchOutcome& outcome);
    QString text() const;

Q_SIGNALS:
    void whoGotThisRequested();

private:
    enum class Offer { Nothing, WhoGotThis, Details };
    void build();
    void showLine(const QString& iconName, Tone tone, const QString& text, const QString& detail,
                  Offer offer = Offer::Nothing);
    void setDetails(const QString& name, const QString& text);
    void setDetailsShown(bool isShown);
    void changeEvent(QEvent* event) override;
    void showIcon();

    QLabel* m_icon;
    QLabel* m_text;
    QLabel* m_detail;
    QPushButton* m_whoGotThis;
    QPushButton* m_showDetails;
    QPlainTextEdit* m_details;
    std::optional<engine::PublishOutcome> m_outcome; ///< That is shown, when it was accepted.
    std::optional<std::chrono::microseconds> m_lastDelivery;
    QString m_iconName;
    Tone m_tone = Tone::Muted;
};

/// "Accepted in 4 ms. 12 subscribers on 2 channels. Last delivery after 9 ms."
QString receiptSentence(const engine::PublishOutcome& outcome,
                        std::optional<std::chrono::microseconds> lastDelivery = std::nullopt);

} // namespace castdeck::ui
