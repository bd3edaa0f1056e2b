#include "ui/widgets/segmented.h"

#include "ui/widgets/controls.h"

#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>

namespace castdeck::ui {

Segmented::Segmented(const QList<Choice>& choices, QWidget* parent) : QWidget{parent}, m_group{new QButtonGroup{this}}
{
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (int i = 0; i < choices.size(); ++i) {
        auto* button = new QPushButton{choices[i].text};
        button->setObjectName(choices[i].name);
        button->setAccessibleName(choices[i].text);
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setProperty("kind", QStringLiteral("segment"));
        const bool isLast = i + 1 == choices.size();
        button->setProperty("edge", isLast   ? QStringLiteral("last")
                                    : i == 0 ? QStringLiteral("first")
                                             : QStringLiteral("middle"));
        m_group->addButton(button, i);
        layout->addWidget(button);
    }
    m_group->button(0)->setChecked(true);
    connect(m_group, &QButtonGroup::idClicked, this, &Segmented::chosen);
}

int Segmented::current() const
{
    return m_group->checkedId();
}

void Segmented::setCurrent(int index)
{
    m_group->button(index)->setChecked(true);
}

void Segmented::setTall()
{
    const QList<QAbstractButton*> buttons = m_group->buttons();
    for (QAbstractButton* button : buttons)
        setStyleProperty(button, "size", QStringLiteral("tall"));
}

void Segmented::setChoiceEnabled(int index, bool isEnabled)
{
    m_group->button(index)->setEnabled(isEnabled);
}

} // namespace castdeck::ui
