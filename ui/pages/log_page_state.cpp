#include "ui/pages/log_page.h"

#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/type_chips.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>

namespace castdeck::ui {

void LogPage::refresh()
{
    if (!isVisible())
        return;
    m_types->setCounts(m_model->countsSinceClear());
    refreshRemark();
    refreshHead();
    refreshEmptyState();
    refreshNewChip();
}

void LogPage::refreshRemark()
{
    m_filter->setRemark(
        m_model->isFiltered()
            ? tr("%1 of %2 rows").arg(shownCount(m_model->matched()), shownCount(m_model->rowsSinceClear()))
            : QString{});
    m_thinning->setVisible(m_model->thinning() > 1);
    if (m_model->thinning() > 1)
        m_thinning->setText(tr("View shows 1 of %1 rows; all are stored and counted.").arg(m_model->thinning()));
}

void LogPage::refreshHead()
{
    const bool offersUndo = m_undoTime.isActive();
    m_clear->setText(offersUndo ? tr("Undo clear") : tr("Clear"));
    m_clear->setAccessibleName(m_clear->text());
    m_clear->setIcon(icon(offersUndo ? QStringLiteral("undo") : QStringLiteral("clear")));
    m_clear->setEnabled(offersUndo || m_model->rowsSinceClear() > 0);
}

void LogPage::refreshEmptyState()
{
    const bool isEmpty = m_model->rowCount() == 0;
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    if (!isEmpty)
        return;
    const QString words = m_filter->filter().description();
    if (m_model->isFiltered() && m_model->rowsSinceClear() > 0)
        m_empty->setContent(
            {QStringLiteral("search"), tr("0 of %1 rows match").arg(shownCount(m_model->rowsSinceClear())),
             words.isEmpty() ? tr("No row has one of the chosen types.") : tr("Looked for: %1").arg(words),
             tr("Clear filter"), tr("Edit filter")});
    else if (!m_isServerRunning)
        showStopped();
    else
        showNothing();
}

void LogPage::showStopped()
{
    if (m_elsewhere.isEmpty())
        m_empty->setContent({QStringLiteral("stop"), tr("The local server is stopped"),
                             tr("Rows appear here while it runs."), tr("Start")});
    else
        m_empty->setContent({QStringLiteral("disconnection"), tr("Not connected to %1").arg(m_elsewhere),
                             tr("Rows appear here while the console is connected."), tr("Connect")});
}

void LogPage::showNothing()
{
    const bool isFresh = m_model->store().total() == 0;
    const QString title = isFresh ? tr("Nothing has happened yet") : tr("Nothing since the log was cleared");
    if (m_elsewhere.isEmpty())
        m_empty->setContent({QStringLiteral("log"), title,
                             tr("Events, subscriptions and errors of your apps appear here."),
                             tr("Send a test event")});
    else
        m_empty->setContent({QStringLiteral("log"), title,
                             tr("What you send appears here, and what comes on channels the console listens to."),
                             tr("Send a test event"), tr("Add a channel to watch")});
}

void LogPage::setElsewhere(const QString& name)
{
    m_elsewhere = shownText(toStd(name), 64);
    refresh();
}

void LogPage::refreshNewChip()
{
    const std::size_t fresh = m_model->store().total() - std::min(m_seenRows, m_model->store().total());
    const bool isBehind = !m_table->isFollowing() && !m_model->isPaused() && fresh > 0;
    m_newChip->setVisible(isBehind);
    if (!isBehind)
        return;
    m_newChip->setText(tr("%1 new").arg(shownCount(fresh)));
    m_newChip->setAccessibleName(m_newChip->text());
    placeNewChip();
}

/// Where room is short, buttons are icons with tooltips; what they are called stays their accessible name.
void LogPage::fitHead()
{
    constexpr int roomForTools = 780;
    constexpr int roomForWords = 640;
    const auto fit = [this](QPushButton* button, const QString& text, int room) {
        button->setText(width() < zoomed(room) ? QString{} : text);
        button->setAccessibleName(text);
    };
    fit(m_talkersButton, tr("Top talkers"), roomForTools);
    fit(m_columns, tr("Columns"), roomForTools);
    fit(m_exportButton, tr("Export"), roomForTools);
    fit(m_follow, tr("Follow"), roomForWords);
}

void LogPage::placeNewChip()
{
    m_newChip->adjustSize();
    m_newChip->move((m_stack->width() - m_newChip->width()) / 2,
                    m_stack->height() - m_newChip->height() - metrics::large);
    m_newChip->raise();
}

} // namespace castdeck::ui
