#include "ui/widgets/nav_bar.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/nav_button.h"

#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int fullWidth = 184;
constexpr int compactWidth = 60;

} // namespace

NavBar::NavBar(const std::vector<Page>& pages, QWidget* parent) : QFrame{parent}, m_group{new QButtonGroup{this}}
{
    setObjectName(QStringLiteral("nav"));
    setProperty("area", QStringLiteral("side"));
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::medium, metrics::medium, metrics::medium, metrics::medium);
    layout->setSpacing(2);
    for (const Page& page : pages) {
        auto* button = new NavButton{QStringLiteral("nav.") + page.name, page.text, page.icon, page.action};
        m_group->addButton(button, static_cast<int>(m_buttons.size()));
        m_buttons.push_back(button);
        layout->addWidget(button);
    }
    layout->addStretch();
    connect(m_group, &QButtonGroup::idClicked, this, &NavBar::chosen);
    setCompact(false);
}

void NavBar::setCurrent(int page)
{
    if (page >= 0) {
        m_buttons[static_cast<std::size_t>(page)]->setChecked(true);
        return;
    }
    m_group->setExclusive(false); // Else one stays checked.
    for (NavButton* button : m_buttons)
        button->setChecked(false);
    m_group->setExclusive(true);
}

void NavBar::setPageVisible(int page, bool isVisible)
{
    m_buttons[static_cast<std::size_t>(page)]->setVisible(isVisible);
}

void NavBar::setNumber(int page, const QString& number)
{
    m_buttons[static_cast<std::size_t>(page)]->setNumber(number);
}

void NavBar::setCompact(bool isCompact)
{
    setFixedWidth(isCompact ? compactWidth : fullWidth);
    for (NavButton* button : m_buttons)
        button->setCompact(isCompact);
}

} // namespace castdeck::ui
