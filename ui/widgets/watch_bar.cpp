#include "ui/widgets/watch_bar.h"

#include "core/pusher/channel_name.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace castdeck::ui {

WatchBar::WatchBar(QWidget* parent) : QFrame{parent}, m_field{new QLineEdit}, m_problem{makeLabel({}, TextKind::Error)}
{
    setObjectName(QStringLiteral("channels.watch"));
    setProperty("area", QStringLiteral("well"));
    m_field->setObjectName(QStringLiteral("channels.watch.name"));
    m_field->setAccessibleName(tr("Channel to watch"));
    m_field->setPlaceholderText(tr("channel to watch, e.g. private-orders"));
    m_problem->setObjectName(QStringLiteral("channels.watch.problem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    QPushButton* add = makeButton(QStringLiteral("channels.watch.add"), tr("Watch"), QStringLiteral("eye"));
    QPushButton* cancel = makeButton(QStringLiteral("channels.watch.cancel"), tr("Cancel"));
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::small);
    row->addWidget(m_field, 1);
    row->addWidget(add);
    row->addWidget(cancel);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::page, metrics::small, metrics::page, metrics::small);
    layout->setSpacing(metrics::tiny);
    layout->addLayout(row);
    layout->addWidget(m_problem);
    connect(add, &QPushButton::clicked, this, &WatchBar::take);
    connect(m_field, &QLineEdit::returnPressed, this, &WatchBar::take);
    connect(m_field, &QLineEdit::textEdited, m_problem, &QWidget::hide);
    connect(cancel, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

void WatchBar::open()
{
    m_problem->hide();
    show();
    m_field->setFocus();
    m_field->selectAll();
}

void WatchBar::take()
{
    const QString name = m_field->text().trimmed();
    if (const auto valid = pusher::ChannelName::parse(toStd(name)); !valid) {
        m_problem->setText(shownText(valid.error().detail, 200));
        m_problem->show();
        return m_field->setFocus();
    }
    m_field->clear();
    hide();
    Q_EMIT watchRequested(name);
}

void WatchBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return hide();
    QFrame::keyPressEvent(event);
}

} // namespace castdeck::ui
