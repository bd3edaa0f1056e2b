#include "ui/widgets/capability_list.h"

#include "ui/models/capability_words.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/icon_label.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

QString wordsOf(const remote::Capability& capability)
{
    const QString why = whyMissing({capability}, capability.topic);
    return why.isEmpty() ? cameBack(capability) : why;
}

} // namespace

CapabilityList::CapabilityList(QWidget* parent) : QFrame{parent}, m_lines{new QVBoxLayout{this}}
{
    setObjectName(QStringLiteral("server.capabilities"));
    setProperty("area", QStringLiteral("card"));
    m_lines->setContentsMargins(metrics::large, metrics::small, metrics::large, metrics::small);
    m_lines->setSpacing(0);
    m_lines->addWidget(makeLabel(tr("It was not asked yet: the console asks when it is connected."), TextKind::Muted));
}

void CapabilityList::setCapabilities(const std::vector<remote::Capability>& capabilities)
{
    if (capabilities.empty() || capabilities == m_shown)
        return;
    m_shown = capabilities;
    while (QLayoutItem* item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const remote::Capability& capability : capabilities)
        m_lines->addWidget(makeLine(capability));
}

QWidget* CapabilityList::makeLine(const remote::Capability& capability) const
{
    const CapabilityLook look = lookOf(capability.state);
    auto* line = new QWidget;
    auto* words = makeLabel(wordsOf(capability), TextKind::Hint);
    words->setWordWrap(true);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(makeLabel(subjectOf(capability.topic)));
    texts->addWidget(words);
    auto* layout = new QHBoxLayout{line};
    layout->setContentsMargins(0, metrics::small, 0, metrics::small);
    layout->setSpacing(metrics::medium);
    layout->addWidget(new IconLabel{look.icon, look.tone, metrics::icon}, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    layout->addWidget(makeLabel(look.word, TextKind::Label), 0, Qt::AlignTop);
    return line;
}

} // namespace castdeck::ui
