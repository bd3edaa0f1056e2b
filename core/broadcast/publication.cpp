#include "core/broadcast/publication.h"

#include <algorithm>

namespace castdeck::broadcast {

void Topics::add(const Topic& topic)
{
    if (std::ranges::find(m_texts, topic.text()) == m_texts.end())
        m_texts.push_back(topic.text());
}

} // namespace castdeck::broadcast
