#pragma once

#include "core/engine/event.h"
#include "core/engine/snapshot.h"
#include "ui/models/sealed_payload.h"

#include <QtWidgets/QFrame>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace castdeck::ui {

class CodeView;
class CompareView;
class DeliveryView;
class DetailsView;
class LogStore;
class PayloadView;
class ValueText;

/// Everything about one row of the live log: the exact payload, every field, who got it, what differs from another row,
/// and how to listen for it. Keeps its own copy of the row.
///
/// Ownership: the log outlives it.
class Inspector : public QFrame {
    Q_OBJECT

public:
    /// Makes a payload readable.
    using Reader = std::function<ReadPayload(const engine::Event&)>;
    enum Tab { Message, Details, Delivery, Compare, Code };

    explicit Inspector(const LogStore& log, QWidget* parent = nullptr);

    /// Without one, payloads are shown as they were sent.
    void setReader(Reader reader) { m_reader = std::move(reader); }
    bool isEmpty() const; ///< No row is shown.
    void setEvent(const std::optional<engine::Event>& event);
    /// The two rows marked A and B.
    void setSides(const std::optional<engine::Event>& a, const std::optional<engine::Event>& b);
    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot);
    void showTab(Tab tab);

Q_SIGNALS:
    void closeRequested();
    void socketRequested(const QString& socketId); ///< Somebody wants to see what it did.

private:
    void changeEvent(QEvent* event) override;
    QWidget* buildHead();
    QWidget* buildContent();
    QWidget* buildMessage();
    void showPayload(const engine::Event& event);
    void showAsSent(bool isAsSent);
    void showIcon();

    QStackedWidget* m_stack;
    QTabWidget* m_tabs;
    QLabel* m_icon;
    ValueText* m_title;
    QLabel* m_subtitle;
    Reader m_reader;
    std::shared_ptr<const std::string> m_sent;
    ReadPayload m_read;
    QWidget* m_sealed; ///< What is said of an encrypted payload.
    QLabel* m_sealedNote;
    QPushButton* m_asSent;
    PayloadView* m_payload;
    DetailsView* m_details;
    DeliveryView* m_delivery;
    CompareView* m_compare;
    CodeView* m_code;
    std::optional<engine::EventKind> m_kind; ///< Of the row that is shown.
    bool m_wantsDetails = false;             ///< Somebody chose them, also for rows that have a payload.
};

} // namespace castdeck::ui
