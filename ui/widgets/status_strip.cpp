#include "ui/widgets/status_strip.h"

#include "ui/models/server_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QtCore/QEvent>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

#include <algorithm>
#include <array>

namespace castdeck::ui {

namespace {

constexpr int partGap = 6; ///< That QStatusBar leaves behind each part.

/// Sets text and accessible name only when they differ, so that an idle window does not repaint.
void setPart(QPushButton* part, const QString& text)
{
    if (part->text() == text)
        return;
    part->setText(text);
    part->setAccessibleName(text);
}

QString counted(std::size_t count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(shownCount(count));
}

} // namespace

StatusStrip::StatusStrip(QWidget* parent)
    : QStatusBar{parent}
    , m_connection{addPart("status.connection")}
    , m_start{addPart("status.connection.now")}
    , m_stop{addPart("status.connection.stop")}
    , m_apps{addPart("status.apps")}
    , m_connections{addPart("status.conns")}
    , m_channels{addPart("status.channels")}
    , m_rates{addPart("status.rates")}
    , m_log{addPart("status.log")}
{
    addWidget(new QWidget, 1);
    m_paused = addPart("status.paused");
    m_errors = addPart("status.errors");
    m_theme = addPart("status.theme");
    setSizeGripEnabled(false);
    setFixedHeight(30);
    setContentsMargins(metrics::small, 0, metrics::small, 0);
    connect(m_connection, &QPushButton::clicked, this, &StatusStrip::connectionRequested);
    connect(m_start, &QPushButton::clicked, this, &StatusStrip::startRequested);
    connect(m_stop, &QPushButton::clicked, this, &StatusStrip::stopRequested);
    connect(m_apps, &QPushButton::clicked, this, &StatusStrip::appsRequested);
    connect(m_connections, &QPushButton::clicked, this, &StatusStrip::connectionsRequested);
    connect(m_channels, &QPushButton::clicked, this, &StatusStrip::channelsRequested);
    connect(m_rates, &QPushButton::clicked, this, &StatusStrip::ratesRequested);
    connect(m_log, &QPushButton::clicked, this, &StatusStrip::logRequested);
    connect(m_paused, &QPushButton::clicked, this, &StatusStrip::resumeRequested);
    connect(m_errors, &QPushButton::clicked, this, &StatusStrip::errorsRequested);
    connect(m_theme, &QPushButton::clicked, this, &StatusStrip::themeRequested);
    m_theme->setToolTip(tr("Light, dark, or as the desktop"));
    m_paused->setIcon(icon(QStringLiteral("pause"), Tone::Warning));
    setPart(m_stop, tr("Stop"));
    showServer({}, Profile::Kind::Embedded, {});
    showSnapshot({});
    showRates({});
    showLog(0, 0, 0);
    showPaused(false, 0);
    showErrors(0);
    showTheme(Theme::Choice::System);
}

QPushButton* StatusStrip::addPart(const char* name, int stretch)
{
    auto* part = new QPushButton;
    part->setObjectName(QString::fromLatin1(name));
    part->setProperty("kind", QStringLiteral("status"));
    part->setAutoDefault(false);
    part->setIconSize({18, 14});
    part->setCursor(Qt::PointingHandCursor);
    addWidget(part, stretch);
    return part;
}

void StatusStrip::showServer(const engine::ServerSnapshot& server, Profile::Kind kind, const QString& words)
{
    const ServerLook look = lookOf(server.state);
    const bool isUp = server.state == engine::ServerState::Running;
    const bool isElsewhere = kind != Profile::Kind::Embedded;
    const QString word = words.isEmpty() ? look.word : words;
    const QString withAddress = isElsewhere ? tr("%1, %2") : tr("%1 at %2");
    const bool hasAddress = isUp && !Curtain::instance().isDrawn();
    setPart(m_connection, hasAddress ? withAddress.arg(word, hostAndPort(server)) : word);
    m_connection->setIcon(icon(look.icon, look.tone));
    m_connection->setToolTip(isElsewhere ? tr("Check the connection step by step") : tr("Server and apps"));
    const bool isTrying = server.state == engine::ServerState::Starting;
    setPart(m_start, isTrying ? tr("Now") : tr("Connect"));
    m_start->setToolTip(isTrying ? tr("Try at once") : QString{});
    m_start->setVisible(isElsewhere && !isUp);
    m_stop->setVisible(isElsewhere && isTrying);
}

void StatusStrip::showSnapshot(const engine::Snapshot& snapshot)
{
    setPart(m_apps, counted(snapshot.apps.size(), tr("1 app"), tr("%1 apps")));
    setPart(m_connections, counted(snapshot.connectionCount, tr("1 connection"), tr("%1 connections")));
    setPart(m_channels, counted(snapshot.channelCount, tr("1 channel"), tr("%1 channels")));
}

void StatusStrip::showRates(const TrafficRate& rate)
{
    setPart(m_rates, tr("in %1/s, out %2/s").arg(shownCount(rate.in()), shownCount(rate.out())));
}

void StatusStrip::showLog(std::size_t rows, std::size_t bytes, std::size_t dropped)
{
    QString text = counted(rows, tr("log 1 row, %1"), tr("log %1 rows, %2"));
    text = text.arg(shownSize(bytes));
    if (dropped > 0)
        text += tr(", %1 not shown").arg(shownCount(dropped));
    setPart(m_log, text);
}

void StatusStrip::showPaused(bool isPaused, std::size_t heldBack)
{
    setPart(m_paused, tr("Paused, %1 held back").arg(shownCount(heldBack)));
    m_paused->setVisible(isPaused);
}

void StatusStrip::showErrors(std::size_t unseen)
{
    setPart(m_errors, unseen == 0 ? tr("No errors") : counted(unseen, tr("1 error"), tr("%1 errors")));
    m_errors->setIcon(icon(unseen == 0 ? QStringLiteral("check") : QStringLiteral("error"),
                           unseen == 0 ? Tone::Faint : Tone::Danger));
}

void StatusStrip::showTheme(Theme::Choice choice)
{
    switch (choice) {
    case Theme::Choice::System:
        setPart(m_theme, tr("As the desktop"));
        m_theme->setIcon(icon(QStringLiteral("auto")));
        break;
    case Theme::Choice::Light:
        setPart(m_theme, tr("Light"));
        m_theme->setIcon(icon(QStringLiteral("sun")));
        break;
    case Theme::Choice::Dark:
        setPart(m_theme, tr("Dark"));
        m_theme->setIcon(icon(QStringLiteral("moon")));
        break;
    }
}

bool StatusStrip::event(QEvent* event)
{
    const bool isDone = QStatusBar::event(event);
    if (event->type() == QEvent::LayoutRequest)
        makeRoom();
    return isDone;
}

void StatusStrip::resizeEvent(QResizeEvent* event)
{
    QStatusBar::resizeEvent(event);
    makeRoom();
}

/// What another place tells, too, yields before anything is cut.
void StatusStrip::makeRoom()
{
    const std::array yielding{m_apps, m_theme, m_channels, m_rates, m_connections};
    const QList<QPushButton*> parts = findChildren<QPushButton*>(Qt::FindDirectChildrenOnly);
    int wanted = 2 * metrics::small + 3 * partGap; // Margins, and the gap in the middle.
    for (const QPushButton* part : parts) {
        if (!part->isHidden() || std::ranges::find(yielding, part) != yielding.end())
            wanted += part->sizeHint().width() + partGap;
    }
    for (QPushButton* part : yielding) {
        const bool isTooMuch = wanted > width();
        part->setVisible(!isTooMuch);
        wanted -= isTooMuch ? part->sizeHint().width() + partGap : 0;
    }
}

} // namespace castdeck::ui
