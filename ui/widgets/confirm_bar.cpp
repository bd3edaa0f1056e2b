#include "ui/widgets/confirm_bar.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <utility>

namespace castdeck::ui {

ConfirmBar::ConfirmBar(const QString& name, QWidget* parent)
    : QFrame{parent}
    , m_sentence{makeLabel()}
    , m_confirm{makeButton(name + QStringLiteral(".confirm"), {}, QStringLiteral("warning"))}
    , m_cancel{makeButton(name + QStringLiteral(".cancel"), tr("Cancel"))}
{
    setObjectName(name);
    setProperty("area", QStringLiteral("well"));
    m_sentence->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::small);
    buttons->addWidget(m_confirm);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::medium, metrics::medium, metrics::medium, metrics::medium);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_sentence);
    layout->addLayout(buttons);
    connect(m_confirm, &QPushButton::clicked, this, &ConfirmBar::confirm);
    connect(m_cancel, &QPushButton::clicked, this, &ConfirmBar::cancel);
    hide();
}

void ConfirmBar::ask(const QString& sentence, const QString& button, std::function<void()> action)
{
    m_action = std::move(action);
    m_sentence->setText(sentence);
    m_confirm->setText(button);
    m_confirm->setAccessibleName(button);
    show();
    m_cancel->setFocus();
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
    hide();
    Q_EMIT openChanged(false);
}

void ConfirmBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return cancel();
    QFrame::keyPressEvent(event);
}

} // namespace castdeck::ui
