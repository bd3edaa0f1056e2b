#include "ui/theme/theme.h"

#include "ui/theme/metrics.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtGui/QPalette>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyleFactory>

// A resource inside a static library is only there once somebody asks for it; the macro must stand outside namespaces.
static void loadResources()
{
    Q_INIT_RESOURCE(castdeck);
}

namespace castdeck::ui {

namespace {

const Colors* current = &lightColors();

QPalette paletteOf(const Colors& colors)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colors.window);
    palette.setColor(QPalette::WindowText, colors.text);
    palette.setColor(QPalette::Base, colors.surface);
    palette.setColor(QPalette::AlternateBase, colors.raised);
    palette.setColor(QPalette::Text, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.faint);
    palette.setColor(QPalette::Button, colors.raised);
    palette.setColor(QPalette::ButtonText, colors.text);
    palette.setColor(QPalette::BrightText, colors.danger);
    palette.setColor(QPalette::Highlight, colors.selection);
    palette.setColor(QPalette::HighlightedText, colors.text);
    palette.setColor(QPalette::ToolTipBase, colors.raised);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::Light, colors.surface);
    palette.setColor(QPalette::Midlight, colors.hover);
    palette.setColor(QPalette::Mid, colors.border);
    palette.setColor(QPalette::Dark, colors.borderStrong);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colors.faint);
    return palette;
}

/// The style sheet names colours as `@accent`; each stands for one member of Colors.
QString styleSheetOf(const Colors& colors)
{
    QFile file{QStringLiteral(":/theme/castdeck.qss")};
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString text = QString::fromUtf8(file.readAll());
    const std::pair<const char*, QColor> names[] = {
        {"accentFill", colors.accentFill},
        {"accentHover", colors.accentHover},
        {"accentSoft", colors.soft(Tone::Accent)},
        {"accent", colors.accent},
        {"borderStrong", colors.borderStrong},
        {"border", colors.border},
        {"dangerSoft", colors.soft(Tone::Danger)},
        {"danger", colors.danger},
        {"faint", colors.faint},
        {"hover", colors.hover},
        {"muted", colors.muted},
        {"onAccent", colors.onAccent},
        {"raised", colors.raised},
        {"selection", colors.selection},
        {"successSoft", colors.soft(Tone::Success)},
        {"success", colors.success},
        {"surface", colors.surface},
        {"text", colors.text},
        {"warningSoft", colors.soft(Tone::Warning)},
        {"warning", colors.warning},
        {"window", colors.window},
    };
    for (const auto& [name, color] : names)
        text.replace(QRegularExpression{QStringLiteral("@%1\\b").arg(QLatin1String{name})}, color.name());
    return text;
}

bool paletteIsDark()
{
    return QGuiApplication::palette().color(QPalette::Window).lightnessF() < 0.5F;
}

} // namespace

Theme::Theme(QObject* parent) : QObject{parent}, m_systemIsDark{paletteIsDark()}
{
    loadResources();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(bodyFont());
    apply();
}

void Theme::setChoice(Choice choice)
{
    if (m_choice == choice)
        return;
    m_choice = choice;
    apply();
}

void Theme::setSystemIsDark(bool isDark)
{
    if (m_systemIsDark == isDark)
        return;
    m_systemIsDark = isDark;
    if (m_choice == Choice::System)
        apply();
}

const Colors& Theme::colors()
{
    return *current;
}

void Theme::apply()
{
    const bool isDark = m_choice == Choice::Dark || (m_choice == Choice::System && m_systemIsDark);
    current = isDark ? &darkColors() : &lightColors();
    QApplication::setPalette(paletteOf(*current));
    qApp->setStyleSheet(styleSheetOf(*current));
    Q_EMIT changed();
}

} // namespace castdeck::ui
