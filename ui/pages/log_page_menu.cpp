#include "ui/models/event_words.h"
#include "ui/pages/log_page.h"
#include "ui/text/shown_text.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/filter_chips.h"
#include "ui/widgets/filter_line.h"

#include <QtCore/QDateTime>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QMenu>

#include <chrono>

namespace castdeck::ui {

namespace {

bool isMessage(const engine::Event& event)
{
    return event.kind == engine::EventKind::ApiMessage || event.kind == engine::EventKind::ClientEvent;
}

QString clockOf(WallTime at)
{
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("HH:mm:ss.zzz"));
}

void copy(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

void LogPage::answer(LogTable::Request request)
{
    using Request = LogTable::Request;
    switch (request) {
    case Request::Pause: togglePause(); break;
    case Request::MarkA: markA(); break;
    case Request::MarkB: markB(); break;
    case Request::Bookmark: toggleBookmark(); break;
    case Request::NextBookmark: nextBookmark(); break;
    case Request::NextError: nextError(); break;
    case Request::FollowSocket: followSocket(); break;
    case Request::HideChannel: hideChannel(); break;
    case Request::Inspect: Q_EMIT inspectorRequested(); break;
    case Request::Copy: copyPayload(); break;
    }
}

void LogPage::toggleBookmark()
{
    m_model->toggleBookmark(selectedRow());
}

void LogPage::nextBookmark()
{
    goTo(m_model->nextBookmark(selectedRow()));
}

void LogPage::nextError()
{
    goTo(m_model->nextError(selectedRow()));
}

void LogPage::goTo(int row)
{
    if (row >= 0)
        m_table->goTo(row);
}

void LogPage::markA()
{
    mark(LogModel::Mark::A);
}

void LogPage::markB()
{
    mark(LogModel::Mark::B);
}

void LogPage::mark(LogModel::Mark mark)
{
    m_model->toggleMark(mark, selectedRow());
    if (m_model->marked(LogModel::Mark::A) && m_model->marked(LogModel::Mark::B))
        Q_EMIT compareRequested();
}

void LogPage::followSocket()
{
    const engine::Event* event = m_model->eventAt(selectedRow());
    if (event == nullptr || event->socketId.empty())
        return;
    const QString socket = toQt(event->socketId);
    m_filter->chips()->addPassing(tr("socket %1").arg(socket), filterTerm(QStringLiteral("socket"), socket));
}

void LogPage::followUser()
{
    const engine::Event* event = m_model->eventAt(selectedRow());
    if (event == nullptr || event->userId.empty())
        return;
    const QString user = toQt(event->userId);
    m_filter->chips()->addPassing(tr("user %1").arg(shownText(event->userId, 60)),
                                  filterTerm(QStringLiteral("user"), user));
}

void LogPage::hideChannel()
{
    const engine::Event* event = m_model->eventAt(selectedRow());
    if (event == nullptr || event->channel.empty())
        return;
    m_filter->chips()->addPassing(tr("not %1").arg(shownText(event->channel, 60)),
                                  u'-' + filterTerm(QStringLiteral("channel"), toQt(event->channel)));
}

void LogPage::copyPayload()
{
    const engine::Event* event = m_model->eventAt(selectedRow());
    if (event != nullptr && event->payload)
        copy(toQt(*event->payload));
}

void LogPage::showMenu(const QPoint& at)
{
    QModelIndex index = m_table->indexAt(at);
    if (!index.isValid()) // Opened from the keyboard.
        index = m_model->index(selectedRow(), LogModel::Channel);
    const engine::Event* event = m_model->eventAt(index.row());
    if (event == nullptr)
        return;
    m_table->goTo(index.row());
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("log.menu"));
    addFilterActions(*menu, index.row(), index.column());
    menu->addSeparator();
    addCopyActions(*menu, index.row(), index.column());
    menu->addSeparator();
    addMessageActions(*menu, *event);
    addRowActions(*menu, *event);
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void LogPage::addFilterActions(QMenu& menu, int row, int column)
{
    const QString term = termFor(row, column);
    const QString shown = shownText(toStd(term), 60);
    const bool hasTerm = !term.isEmpty();
    QAction* only = menu.addAction(hasTerm ? tr("Filter by %1").arg(shown) : tr("Filter by this"), this,
                                   [this, term] { m_filter->addTerm(term); });
    QAction* without = menu.addAction(hasTerm ? tr("Exclude %1").arg(shown) : tr("Exclude this"), this,
                                      [this, term] { m_filter->addTerm(u'-' + term); });
    only->setEnabled(hasTerm);
    without->setEnabled(hasTerm);
    addColorActions(menu, term);
    const engine::Event* event = m_model->eventAt(row);
    menu.addAction(tr("Follow socket") + QStringLiteral("\tF"), this, &LogPage::followSocket)
        ->setEnabled(!event->socketId.empty());
    menu.addAction(tr("Follow user"), this, &LogPage::followUser)->setEnabled(!event->userId.empty());
    menu.addAction(tr("Hide channel") + QStringLiteral("\tDel"), this, &LogPage::hideChannel)
        ->setEnabled(!event->channel.empty());
}

void LogPage::addColorActions(QMenu& menu, const QString& term)
{
    QMenu* colors = menu.addMenu(tr("Colour this"));
    colors->setObjectName(QStringLiteral("log.menu.colors"));
    colors->setEnabled(!term.isEmpty());
    const std::pair<QString, Tone> choices[] = {{tr("Blue"), Tone::Info},
                                                {tr("Green"), Tone::Success},
                                                {tr("Amber"), Tone::Warning},
                                                {tr("Violet"), Tone::Violet},
                                                {tr("Teal"), Tone::Teal}};
    for (const auto& [name, tone] : choices)
        colors->addAction(name, this, [this, term, tone = tone] {
            m_colors.set(term, tone);
            m_table->viewport()->update();
        });
    colors->addSeparator();
    const auto update = [this] { m_table->viewport()->update(); };
    QAction* without = colors->addAction(tr("No colour for this"), this, [this, term, update] {
        m_colors.remove(term);
        update();
    });
    without->setEnabled(m_colors.has(term));
    QAction* none = colors->addAction(tr("No colours at all"), this, [this, update] {
        m_colors.clear();
        update();
    });
    none->setEnabled(!m_colors.isEmpty());
}

QString LogPage::termFor(int row, int column) const
{
    const engine::Event* event = m_model->eventAt(row);
    const EventLook look = lookOf(event->kind);
    switch (column) {
    case LogModel::Time:
    case LogModel::Delta: return QStringLiteral("since:") + clockOf(event->at);
    case LogModel::Type: return QStringLiteral("type:") + look.keyword;
    case LogModel::Arrow: return QStringLiteral("dir:") + wordOf(look.direction);
    case LogModel::Channel: return filterTerm(QStringLiteral("channel"), toQt(event->channel));
    case LogModel::Event: return filterTerm(QStringLiteral("event"), toQt(event->event));
    case LogModel::Who:
        return event->userId.empty() ? filterTerm(QStringLiteral("socket"), toQt(event->socketId))
                                     : filterTerm(QStringLiteral("user"), toQt(event->userId));
    case LogModel::Size: return QStringLiteral("size:%1").arg(event->payload ? event->payload->size() : 0);
    default: return {};
    }
}

void LogPage::addCopyActions(QMenu& menu, int row, int column)
{
    const engine::Event event = *m_model->eventAt(row);
    const QString cell =
        column == LogModel::Summary && event.payload ? toQt(*event.payload) : m_model->textAt(row, column);
    menu.addAction(tr("Copy cell"), this, [cell] { copy(cell); })->setEnabled(!cell.isEmpty());
    menu.addAction(tr("Copy payload") + QStringLiteral("\tCtrl+C"), this, &LogPage::copyPayload)
        ->setEnabled(event.payload != nullptr);
    QMenu* forms = menu.addMenu(tr("Copy as"));
    forms->setEnabled(isMessage(event));
    for (const CopyKind kind : copyKinds())
        forms->addAction(nameOf(kind), this, [this, kind, event] { Q_EMIT copyAsRequested(kind, event); });
}

void LogPage::addMessageActions(QMenu& menu, const engine::Event& event)
{
    const bool isSent = isMessage(event);
    const auto add = [&](const QString& text, void (LogPage::*signal)(const engine::Event&)) {
        menu.addAction(text, this, [this, signal, event] { Q_EMIT(this->*signal)(event); })->setEnabled(isSent);
    };
    add(tr("Edit and send"), &LogPage::editAndSendRequested);
    add(tr("Send again"), &LogPage::sendAgainRequested);
    add(tr("Who got this"), &LogPage::whoGotThisRequested);
    add(tr("How to listen"), &LogPage::howToListenRequested);
    add(tr("Save as template"), &LogPage::saveAsTemplateRequested);
    menu.addSeparator();
}

void LogPage::addRowActions(QMenu& menu, const engine::Event& event)
{
    const bool hasPayload = event.payload != nullptr;
    menu.addAction(tr("Mark as A to compare") + QStringLiteral("\tA"), this, &LogPage::markA)->setEnabled(hasPayload);
    menu.addAction(tr("Mark as B to compare") + QStringLiteral("\tB"), this, &LogPage::markB)->setEnabled(hasPayload);
    menu.addAction(m_model->isBookmarked(selectedRow()) ? tr("Remove bookmark") + QStringLiteral("\tM")
                                                        : tr("Bookmark") + QStringLiteral("\tM"),
                   this, &LogPage::toggleBookmark);
}

} // namespace castdeck::ui
