#include "ui/models/log_seeker.h"

#include "ui/models/log_model.h"

#include <algorithm>
#include <utility>

namespace castdeck::ui {

LogSeeker::LogSeeker(LogModel& model, QObject* parent) : QObject{parent}, m_model{model}
{
    connect(&m_model, &LogModel::changed, this, &LogSeeker::look);
    connect(&m_model, &LogModel::refiltered, this, &LogSeeker::look);
}

void LogSeeker::seek(Wanted wanted)
{
    m_wanted = std::move(wanted);
    m_found.reset();
    m_from = m_model.store().first();
    look();
}

void LogSeeker::giveUp()
{
    m_wanted.reset();
    m_found.reset();
}

bool LogSeeker::isWanted(const engine::Event& event) const
{
    return event.kind == engine::EventKind::ApiMessage && event.channel == m_wanted->channel &&
           event.event == m_wanted->event && event.at >= m_wanted->since &&
           (m_wanted->appId.empty() || event.appId == m_wanted->appId);
}

bool LogSeeker::findInStore()
{
    const LogStore& store = m_model.store();
    const LogStore::Sequence from = std::max(m_from, store.first());
    m_from = store.end();
    for (LogStore::Sequence at = store.end(); at > from && !m_found; --at) {
        if (isWanted(store.at(at - 1)))
            m_found = at - 1;
    }
    return m_found.has_value();
}

void LogSeeker::look()
{
    if (!m_wanted)
        return;
    if (!m_found && findInStore()) {
        const engine::Event event = m_model.store().at(*m_found);
        Q_EMIT found(event);
        if (!m_model.accepts(event) || m_model.isPaused())
            Q_EMIT hidden();
    }
    if (!m_found)
        return;
    if (const int row = m_model.rowOf(*m_found); row >= 0) {
        giveUp();
        Q_EMIT shown(row);
    } else if (!m_model.store().holds(*m_found)) {
        giveUp();
    }
}

} // namespace castdeck::ui
