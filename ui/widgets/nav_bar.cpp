#include "ui/widgets/nav_bar.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/nav_button.h"

#include <QtCore/QEvent>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int fullWidth = 196;
constexpr int compactWidth = 60;
constexpr int markSize = 24;

} // namespace

NavBar::NavBar(const std::vector<Page>& pages, QWidget* parent)
    : QFrame{parent}
    , m_mark{makeLabel()}
    , m_brand{makeLabel(tr("Castdeck"), TextKind::Head)}
    , m_hint{makeLabel({}, TextKind::Hint)}
    , m_group{new QButtonGroup{this}}
{
    setObjectName(QStringLiteral("nav"));
    setProperty("area", QStringLiteral("side"));
    auto* brand = new QHBoxLayout;
    brand->setContentsMargins(metrics::small, 0, 0, 0);
    brand->setSpacing(10);
    brand->addWidget(m_mark);
    brand->addWidget(m_brand, 1);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::medium, metrics::page - 2, metrics::medium, metrics::medium);
    layout->setSpacing(2);
    layout->addLayout(brand);
    layout->addSpacing(metrics::page);
    for (const Page& page : pages) {
        auto* button = new NavButton{QStringLiteral("nav.") + page.name, page.text, page.icon};
        m_group->addButton(button, static_cast<int>(m_buttons.size()));
        m_buttons.push_back(button);
        layout->addWidget(button);
    }
    layout->addStretch();
    m_hint->setText(tr("Pages: Ctrl+1 to Ctrl+%1").arg(pages.size()));
    m_hint->setWordWrap(true);
    m_hint->setContentsMargins(metrics::small, 0, 0, 0);
    layout->addWidget(m_hint);
    connect(m_group, &QButtonGroup::idClicked, this, &NavBar::chosen);
    setCompact(false);
    showMark();
}

void NavBar::setCurrent(int page)
{
    m_buttons[static_cast<std::size_t>(page)]->setChecked(true);
}

void NavBar::setNumber(int page, const QString& number)
{
    m_buttons[static_cast<std::size_t>(page)]->setNumber(number);
}

void NavBar::setCompact(bool isCompact)
{
    setFixedWidth(isCompact ? compactWidth : fullWidth);
    m_brand->setVisible(!isCompact);
    m_hint->setVisible(!isCompact);
    for (NavButton* button : m_buttons)
        button->setCompact(isCompact);
}

void NavBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        showMark();
    QFrame::changeEvent(event);
}

void NavBar::showMark()
{
    m_mark->setPixmap(iconPixmap(QStringLiteral("castdeck"), Theme::colors().text, markSize, devicePixelRatioF()));
}

} // namespace castdeck::ui
