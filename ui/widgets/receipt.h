#pragma once

#include "core/broadcast/report.h"
#include "core/engine/event.h"
#include "ui/theme/colors.h"

#include <QtWidgets/QFrame>

class QLabel;

namespace castdeck::ui {

/// What became of the last message, in words: when it was taken and whom it reached, or why not.
class Receipt : public QFrame {
    Q_OBJECT

public:
    explicit Receipt(QWidget* parent = nullptr);

    void showIdle();
    void showWaiting();
    void showOutcome(const engine::PublishOutcome& outcome);
    void showReport(const broadcast::Report& report);
    void showRefusal(const QString& sentence);
    QString text() const;

private:
    void showLine(const QString& iconName, Tone tone, const QString& text, const QString& detail);
    void changeEvent(QEvent* event) override;
    void showIcon();

    QLabel* m_icon;
    QLabel* m_text;
    QLabel* m_detail;
    QString m_iconName;
    Tone m_tone = Tone::Muted;
};

/// "Accepted in 4 ms. 12 subscribers on 2 channels."
QString receiptSentence(const engine::PublishOutcome& outcome);

} // namespace castdeck::ui
