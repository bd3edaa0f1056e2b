#include "ui/widgets/confirm_bar.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

#include <utility>

namespace castdeck::ui {

ConfirmBar::ConfirmBar(const QString& name, Shape shape, QWidget* parent)
    : QFrame{parent}
    , m_sentence{makeLabel()}
    , m_confirm{makeButton(name + QStringLiteral(".confirm"), {}, QStringLiteral("warning"))}
    , m_cancel{makeButton(name + QStringLiteral(".cancel"), tr("Cancel"))}
{
    setObjectName(name);
    setProperty("area", QStringLiteral("well"));
    m_sentence->setWordWrap(true);
    for (QPushButton* button : {m_confirm, m_cancel})
        button->setAutoDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::small);
    buttons->addWidget(m_confirm);
    buttons->addWidget(m_cancel);
    const bool isLine = shape == Shape::Line;
    auto* layout = new QBoxLayout{isLine ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom, this};
    const int aside = isLine ? metrics::page : metrics::medium;
    const int above = isLine ? metrics::small : metrics::medium;
    layout->setContentsMargins(aside, above, aside, above);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_sentence, isLine ? 1 : 0);
    layout->addLayout(buttons);
    if (!isLine)
        buttons->addStretch();
    connect(m_confirm, &QPushButton::clicked, this, &ConfirmBar::confirm);
    connect(m_cancel, &QPushButton::clicked, this, &ConfirmBar::cancel);
    hide();
}

void ConfirmBar::ask(const QString& sentence, const QString& button, std::function<void()> action, Focus focus)
{
    m_action = std::move(action);
    if (isHidden())
        m_before = window()->focusWidget();
    m_sentence->setText(sentence);
    m_confirm->setText(button);
    m_confirm->setAccessibleName(button);
    show();
    (focus == Focus::Confirm ? m_confirm : m_cancel)->setFocus();
    Q_EMIT openChanged(true);
}

void ConfirmBar::confirm()
{
    const auto action = std::exchange(m_action, {});
    close();
    if (action)
        action();
}

void ConfirmBar::cancel()
{
    m_action = {};
    close();
}

void ConfirmBar::close()
{
    if (isHidden())
        return;
    const bool hadFocus = m_confirm->hasFocus() || m_cancel->hasFocus();
    hide();
    if (hadFocus && m_before != nullptr)
        m_before->setFocus();
    Q_EMIT openChanged(false);
}

void ConfirmBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return cancel();
    QFrame::keyPressEvent(event);
}

} // namespace castdeck::ui
