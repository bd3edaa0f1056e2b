#include "ui/models/details_feed.h"

#include "ui/bridge/occupancy.h"

namespace castdeck::ui {

void DetailsFeed::look(const engine::DetailsQuestion& question)
{
    if (m_question != question) {
        m_question = question;
        m_isAnswered = false;
    }
    ask();
}

void DetailsFeed::ask()
{
    const bool isAboutSomething = !m_question.socketId.empty() || !m_question.channel.empty();
    if (m_control == nullptr || m_isUnderWay || !isAboutSomething)
        return;
    m_isUnderWay = true;
    m_control->askDetails(m_question, this, [this](const engine::Details& details) { take(details); });
}

void DetailsFeed::take(const engine::Details& details)
{
    m_isUnderWay = false;
    if (details.question != m_question)
        return ask(); // Something else was selected meanwhile.
    m_isAnswered = true;
    Q_EMIT arrived(details);
}

} // namespace castdeck::ui
