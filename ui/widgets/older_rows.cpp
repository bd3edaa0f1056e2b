#include "ui/widgets/older_rows.h"

#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtCore/QPointer>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace castdeck::ui {

OlderRows::OlderRows(LogModel& model, QWidget* parent)
    : QWidget{parent}
    , m_model{model}
    , m_state{makeLabel({}, TextKind::Hint)}
    , m_more{makeButton(QStringLiteral("log.older.more"), tr("Load older rows"), {}, ButtonKind::Small)}
{
    setObjectName(QStringLiteral("log.older"));
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(metrics::page, metrics::tiny, metrics::page, metrics::tiny);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_state);
    layout->addWidget(m_more);
    layout->addStretch();
    connect(m_more, &QPushButton::clicked, this, &OlderRows::ask);
    hide();
}

void OlderRows::setArchive(LogArchive* archive)
{
    m_archive = archive;
    letGo();
}

void OlderRows::load()
{
    if (!m_isEnd)
        ask();
}

void OlderRows::search()
{
    if (m_archive == nullptr) {
        showState(tr("Nothing is stored: this log lives in memory only."), false);
        return;
    }
    letGo();
    ask();
}

void OlderRows::ask()
{
    if (m_archive == nullptr || m_isAsking)
        return;
    LogArchive::Question question;
    if (m_model.store().size() > 0)
        question.before = m_model.store().at(m_model.store().first()).at;
    question.beforeId = m_firstId;
    question.filter = m_model.filter();
    question.kinds = m_model.kinds();
    m_isAsking = true;
    showState(m_model.isFiltered() ? tr("Looking through the stored rows…") : tr("Loading older rows…"), false);
    m_archive->ask(std::move(question), [self = QPointer{this}, number = ++m_question](LogArchive::Page page) {
        if (self && self->m_question == number)
            self->take(std::move(page));
    });
}

void OlderRows::take(LogArchive::Page page)
{
    m_isAsking = false;
    if (!page.trouble.isEmpty()) {
        showState(tr("Stored rows cannot be read: %1").arg(page.trouble), false);
        return;
    }
    m_fetched += page.rows.size();
    m_isEnd = page.isEnd;
    if (!page.rows.empty())
        m_firstId = page.firstId;
    m_model.prepend(std::move(page.rows));
    const QString found = m_model.isFiltered() ? tr("Older rows on disk that match: %1").arg(shownCount(m_fetched))
                                               : tr("Older rows loaded from disk: %1").arg(shownCount(m_fetched));
    showState(m_isEnd ? tr("%1; there are no more.").arg(found) : found, !m_isEnd);
}

void OlderRows::letGo()
{
    ++m_question;
    m_isAsking = false;
    m_isEnd = false;
    m_firstId.reset();
    m_fetched = 0;
    m_model.letGoOfOlder();
    hide();
}

void OlderRows::showState(const QString& text, bool offersMore)
{
    m_state->setText(text);
    m_more->setVisible(offersMore);
    show();
}

} // namespace castdeck::ui
