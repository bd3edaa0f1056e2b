#include "ui/pages/channel_head.h"

#include "ui/models/event_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/figure.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/value_text.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

ChannelHead::ChannelHead(const QString& name, QWidget* parent)
    : QWidget{parent}
    , m_name{new ValueText{bodyFont(metrics::headText, QFont::DemiBold)}}
    , m_kind{new Chip{Chip::Use::Information}}
    , m_meaning{makeLabel({}, TextKind::Muted)}
    , m_sendTo{makeButton(name + QStringLiteral(".sendto"), tr("Send to"), QStringLiteral("send"))}
    , m_subscribe{makeButton(name + QStringLiteral(".subscribe"), tr("Subscribe as"), QStringLiteral("subscribed"))}
    , m_copy{makeButton(name + QStringLiteral(".copyname"), tr("Copy name"), QStringLiteral("copy"))}
    , m_figures{new QHBoxLayout}
{
    m_meaning->setWordWrap(true);
    auto* title = new QHBoxLayout;
    title->setSpacing(metrics::small);
    title->addWidget(m_name, 1);
    title->addWidget(m_kind, 0, Qt::AlignTop);
    auto* actions = new FlowLayout{metrics::small};
    actions->addWidget(m_sendTo);
    m_subscribe->hide();
    actions->addWidget(m_subscribe);
    actions->addWidget(m_copy);
    m_figures->setSpacing(metrics::medium);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::medium);
    layout->addLayout(title);
    layout->addWidget(m_meaning);
    layout->addLayout(actions);
    layout->addLayout(m_figures);
    connect(m_sendTo, &QPushButton::clicked, this, &ChannelHead::sendToRequested);
    connect(m_copy, &QPushButton::clicked, this, [this] { copyWithNotice(m_copy, toQt(m_channel)); });
}

void ChannelHead::setChannel(const std::string& name, std::optional<pusher::ChannelKind> kind)
{
    m_channel = name;
    m_name->setText(shownText(name, 1'024));
    m_kind->setVisible(kind.has_value());
    m_meaning->setVisible(kind.has_value());
    if (!kind)
        return;
    const ChannelLook look = lookOf(*kind);
    m_kind->setText(look.word);
    m_kind->setLook(look.icon, look.tone);
    m_meaning->setText(look.meaning);
}

void ChannelHead::setSubscribeMenu(QMenu* menu)
{
    m_subscribe->setMenu(menu);
    m_subscribe->setVisible(menu != nullptr);
}

Figure* ChannelHead::addFigure(const QString& caption)
{
    auto* figure = new Figure{caption};
    m_figures->addWidget(figure, 1);
    return figure;
}

} // namespace castdeck::ui
