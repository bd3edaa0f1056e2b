#include "ui/widgets/controls.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTimer>
#include <QtCore/QVariant>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolButton>

#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

QString nameOf(ButtonKind kind)
{
    switch (kind) {
    case ButtonKind::Plain: return QStringLiteral("plain");
    case ButtonKind::Primary: return QStringLiteral("primary");
    case ButtonKind::Flat: return QStringLiteral("flat");
    case ButtonKind::Small: return QStringLiteral("small");
    }
    return {};
}

QString nameOf(TextKind kind)
{
    switch (kind) {
    case TextKind::Plain: return {};
    case TextKind::Title: return QStringLiteral("title");
    case TextKind::Head: return QStringLiteral("head");
    case TextKind::Label: return QStringLiteral("label");
    case TextKind::Hint: return QStringLiteral("hint");
    case TextKind::Muted: return QStringLiteral("muted");
    case TextKind::Error: return QStringLiteral("error");
    case TextKind::Figure: return QStringLiteral("figure");
    }
    return {};
}

} // namespace

QPushButton* makeButton(const QString& name, const QString& text, const QString& iconName, ButtonKind kind)
{
    auto* button = new QPushButton{text};
    button->setObjectName(name);
    button->setProperty("kind", nameOf(kind));
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    button->setCursor(Qt::PointingHandCursor);
    if (!iconName.isEmpty()) {
        button->setIcon(icon(iconName, kind == ButtonKind::Primary ? Tone::OnAccent : Tone::Muted));
        button->setIconSize({metrics::icon + (text.isEmpty() ? 0 : 4), metrics::icon});
    }
    return button;
}

QToolButton* makeIconButton(const QString& name, const QString& iconName, const QString& tooltip)
{
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setProperty("kind", QStringLiteral("icon"));
    button->setIcon(icon(iconName));
    button->setIconSize({metrics::icon, metrics::icon});
    button->setToolTip(tooltip);
    button->setAccessibleName(tooltip);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

QLabel* makeLabel(const QString& text, TextKind kind)
{
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setProperty("textKind", nameOf(kind));
    if (kind == TextKind::Title)
        label->setMinimumHeight(metrics::control); // As high as the buttons that may stand beside it.
    return label;
}

QFrame* makeArea(const char* area, QWidget* parent)
{
    auto* frame = new QFrame{parent};
    frame->setProperty("area", QString::fromLatin1(area));
    return frame;
}

void setStyleProperty(QWidget* widget, const char* property, const QString& value)
{
    if (widget->property(property).toString() == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

void showHint(QLabel* label, const QString& problem, const QString& hint)
{
    setStyleProperty(label, "textKind", problem.isEmpty() ? QStringLiteral("hint") : QStringLiteral("error"));
    label->setText(problem.isEmpty() ? hint : problem);
    label->setVisible(!label->text().isEmpty());
}

void copyWithNotice(QPushButton* button, const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
    const QString usual = button->accessibleName();
    button->setText(QCoreApplication::translate("Controls", "Copied"));
    QTimer::singleShot(1'500ms, button, [button, usual] { button->setText(usual); });
}

} // namespace castdeck::ui
