#include "ui/widgets/empty_state.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/first_focus.h"

#include <QtCore/QEvent>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int sentenceWidth = 260;
constexpr int wideSentence = 400;
constexpr qsizetype longSentence = 140; ///< Characters from which on it is set wide.

void fill(QPushButton& button, const QString& text)
{
    button.setText(text);
    button.setAccessibleName(text);
    button.setVisible(!text.isEmpty());
}

} // namespace

EmptyState::EmptyState(const QString& buttonName, QWidget* parent)
    : QWidget{parent}
    , m_icon{makeLabel()}
    , m_title{makeLabel({}, TextKind::Head)}
    , m_sentence{makeLabel({}, TextKind::Muted)}
    , m_button{makeButton(buttonName, {})}
    , m_second{makeButton(buttonName + QStringLiteral(".second"), {})}
    , m_below{new QVBoxLayout}
{
    // Until there is something for them to do.
    m_button->hide();
    m_second->hide();
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignHCenter);
    m_sentence->setFixedWidth(sentenceWidth);
    m_sentence->installEventFilter(this);
    m_title->setAlignment(Qt::AlignHCenter);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::page);
    layout->setSpacing(metrics::small);
    layout->addStretch(4);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addSpacing(metrics::tiny);
    layout->addWidget(m_title, 0, Qt::AlignHCenter);
    layout->addWidget(m_sentence, 0, Qt::AlignHCenter);
    layout->addSpacing(metrics::small);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::small);
    buttons->addStretch();
    buttons->addWidget(m_button);
    buttons->addWidget(m_second);
    buttons->addStretch();
    layout->addLayout(buttons);
    layout->addLayout(m_below);
    layout->addStretch(5);
    setFirstFocus(*this, {m_button});
}

void EmptyState::setContent(const Content& content)
{
    m_iconName = content.icon;
    showIcon();
    m_title->setText(content.title);
    m_sentence->setText(content.sentence);
    m_sentence->setFixedWidth(content.sentence.size() > longSentence ? wideSentence : sentenceWidth);
    fitSentence();
    m_sentence->setVisible(!content.sentence.isEmpty());
    fill(*m_button, content.button);
    fill(*m_second, content.second);
}

void EmptyState::addBelow(QWidget* widget)
{
    m_below->addWidget(widget, 0, Qt::AlignHCenter);
}

/// A layout that centres what wraps would give it the height of another width.
void EmptyState::fitSentence()
{
    if (!m_sentence->text().isEmpty())
        m_sentence->setFixedHeight(m_sentence->heightForWidth(m_sentence->minimumWidth()));
}

bool EmptyState::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_sentence && event->type() == QEvent::FontChange)
        fitSentence(); // What has a size of its own is not asked for it again.
    return QWidget::eventFilter(watched, event);
}

void EmptyState::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        showIcon();
    QWidget::changeEvent(event);
}

void EmptyState::showIcon()
{
    constexpr int size = 32;
    m_icon->setPixmap(iconPixmap(m_iconName, Theme::colors().faint, size, devicePixelRatioF()));
}

} // namespace castdeck::ui
