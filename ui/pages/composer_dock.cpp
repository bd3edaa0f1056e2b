#include "ui/pages/composer_dock.h"

#include "ui/pages/compose_pane.h"
#include "ui/pages/send_page.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtGui/QCloseEvent>
#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <functional>
#include <utility>

namespace castdeck::ui {

namespace {

constexpr QSize floatingSize{720, 480};

} // namespace

ComposerDock::ComposerDock(SendPage& page, QSplitter& column, QWidget& owner)
    : QFrame{&column}
    , m_page{page}
    , m_column{column}
    , m_owner{owner}
    , m_float{makeIconButton(QStringLiteral("dock.composer.float"), QStringLiteral("window"), {})}
    , m_close{makeIconButton(QStringLiteral("dock.composer.close"), QStringLiteral("close"),
                             tr("Close the composer here; it stays on page Send"))}
{
    setObjectName(QStringLiteral("dock.composer"));
    setProperty("area", QStringLiteral("drawer"));
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    buildTools();
    addKeys();
    owner.installEventFilter(this);
    column.installEventFilter(this);
    connect(&column, &QSplitter::splitterMoved, this, [this] { m_place.height = height(); });
    hide();
}

void ComposerDock::buildTools()
{
    auto* tools = new QWidget;
    auto* toPage = makeIconButton(QStringLiteral("dock.composer.page"), QStringLiteral("send"), tr("Open page Send"));
    auto* row = new QHBoxLayout{tools};
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::tiny);
    for (QToolButton* button : {toPage, m_float, m_close})
        row->addWidget(button);
    m_page.pane().setTools(tools);
    connect(toPage, &QToolButton::clicked, this, [this] {
        setFloating(false);
        Q_EMIT pageRequested();
    });
    connect(m_float, &QToolButton::clicked, this, [this] {
        setFloating(!m_place.isFloating);
        enter();
    });
    connect(m_close, &QToolButton::clicked, this, [this] { setPlace({.height = m_place.height}); });
    connect(&m_page, &SendPage::paneWanted, this, [this] {
        setFloating(false);
        m_page.setFocus();
    });
    showTools();
}

/// Those of page Send, which do not reach its pane here.
void ComposerDock::addKeys()
{
    const auto save = [this] {
        Q_EMIT pageRequested(); // The sheet of the alert stands on the board.
        m_page.saveAsTemplate();
    };
    const auto send = [this] { m_page.pane().send(); };
    const std::pair<QKeyCombination, std::function<void()>> keys[] = {
        {Qt::CTRL | Qt::Key_Return, send},
        {Qt::CTRL | Qt::Key_Enter, send},
        {Qt::CTRL | Qt::SHIFT | Qt::Key_C, [this] { m_page.copyAsCurl(); }},
        {Qt::CTRL | Qt::Key_S, save},
    };
    for (const auto& [combination, act] : keys) {
        auto* shortcut = new QShortcut{QKeySequence{combination}, this};
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        shortcut->setAutoRepeat(false); // A key held down is one wish.
        connect(shortcut, &QShortcut::activated, this, act);
    }
}

void ComposerDock::setPlace(const Place& place)
{
    m_place = place;
    settle();
}

void ComposerDock::setFloating(bool isFloating)
{
    m_place.isFloating = isFloating;
    settle();
}

void ComposerDock::showBeside(bool hasRoom, bool isPageSend)
{
    m_hasRoom = hasRoom;
    m_isPageSend = isPageSend;
    settle();
}

void ComposerDock::settle()
{
    if (m_place.isFloating) {
        floatOverOwner();
        return;
    }
    if (isWindow()) {
        hide();
        m_column.addWidget(this);
    }
    if (m_place.isWanted && m_hasRoom) {
        standInColumn();
        return;
    }
    hide();
    if (m_isPageSend)
        m_page.takePane();
}

void ComposerDock::floatOverOwner()
{
    if (!isWindow()) {
        setParent(&m_owner, Qt::Tool);
        setWindowTitle(tr("Composer, %1").arg(m_page.profileName()));
        resize(floatingSize);
    }
    takePane();
    setVisible(m_owner.isVisible()); // Never over another server.
}

void ComposerDock::standInColumn()
{
    takePane();
    show();
    applyHeight();
}

void ComposerDock::applyHeight()
{
    if (isVisible() && !isWindow() && height() != m_place.height)
        m_column.setSizes({std::max(0, m_column.height() - m_place.height), m_place.height});
}

void ComposerDock::takePane()
{
    ComposePane& pane = m_page.pane();
    showTools();
    if (pane.parentWidget() == this)
        return;
    layout()->addWidget(&pane);
    pane.setDocked(true);
    pane.show();
}

void ComposerDock::showTools()
{
    const QString words = m_place.isFloating ? tr("Composer below the log") : tr("Composer in a window of its own");
    m_float->setToolTip(words);
    m_float->setAccessibleName(words);
    m_float->setIcon(icon(m_place.isFloating ? QStringLiteral("dock-bottom") : QStringLiteral("window")));
    m_close->setVisible(!m_place.isFloating); // A window has its own.
}

void ComposerDock::enter()
{
    if (isWindow() && isVisible()) {
        raise();
        activateWindow();
    }
    m_page.focusComposer();
}

void ComposerDock::closeEvent(QCloseEvent* event)
{
    event->ignore();
    // Behind the event: it becomes a part of another window, and its own goes.
    QMetaObject::invokeMethod(this, [this] { setFloating(false); }, Qt::QueuedConnection);
}

bool ComposerDock::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_owner && m_place.isFloating && (event->type() == QEvent::Show || event->type() == QEvent::Hide))
        setVisible(event->type() == QEvent::Show);
    if (watched == &m_column && event->type() == QEvent::Resize) // Behind what the column makes of it.
        QMetaObject::invokeMethod(this, &ComposerDock::applyHeight, Qt::QueuedConnection);
    return QFrame::eventFilter(watched, event);
}

} // namespace castdeck::ui
