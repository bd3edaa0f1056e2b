#include "ui/theme/theme.h"

#include "ui/theme/metrics.h"

#include <QtCore/QEvent>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtGui/QPalette>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStyleFactory>
#include <QtWidgets/QTableView>

#include <algorithm>
#include <utility>

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

/// Type and the controls around it grow together; lines and distances stay.
QString withZoom(const QString& styleSheet)
{
    static const QRegularExpression length{QStringLiteral("((?:font-size|(?:min|max)-height): )(\\d\\d+)px")};
    QString result;
    qsizetype end = 0;
    for (auto it = length.globalMatch(styleSheet); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        result += styleSheet.mid(end, match.capturedStart() - end) + match.captured(1) +
                  QStringLiteral("%1px").arg(zoomed(match.captured(2).toInt()));
        end = match.capturedEnd();
    }
    return result + styleSheet.mid(end);
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
        {"dangerFill", colors.dangerFill},
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
    return withZoom(text);
}

void resizeColumns(QHeaderView& columns, int oldZoom)
{
    for (int column = 0; column < columns.count(); ++column) {
        if (columns.sectionResizeMode(column) == QHeaderView::Interactive && !columns.isSectionHidden(column))
            columns.resizeSection(column, (columns.sectionSize(column) * zoomed(100) + oldZoom / 2) / oldZoom);
    }
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
    qApp->installEventFilter(this);
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

void Theme::setZoom(int percent)
{
    percent = std::clamp(percent, smallestZoom, largestZoom);
    if (m_zoom == percent)
        return;
    const int before = std::exchange(m_zoom, percent);
    setZoomPercent(percent);
    QApplication::setFont(bodyFont());
    resizeWidgets(before);
    apply();
}

/// What was given a font or a row height of its own keeps its proportion to the rest.
void Theme::resizeWidgets(int oldZoom) const
{
    constexpr const char* fontBase = "unzoomedFont";
    constexpr const char* rowBase = "unzoomedRow";
    const auto base = [oldZoom](QWidget* widget, const char* property, int shown) {
        if (!widget->property(property).isValid())
            widget->setProperty(property, shown * 100.0 / oldZoom);
        return static_cast<int>(widget->property(property).toDouble() + 0.5);
    };
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget* widget : widgets) {
        if (widget->testAttribute(Qt::WA_SetFont) && widget->font().pixelSize() > 0) {
            QFont font = widget->font();
            font.setPixelSize(zoomed(base(widget, fontBase, font.pixelSize())));
            widget->setFont(font);
        }
        if (auto* table = qobject_cast<QTableView*>(widget)) {
            QHeaderView* rows = table->verticalHeader();
            rows->setDefaultSectionSize(zoomed(base(widget, rowBase, rows->defaultSectionSize())));
            resizeColumns(*table->horizontalHeader(), oldZoom);
        }
    }
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
    m_styleSheet = styleSheetOf(*current);
    m_dressed.removeIf([](const QPointer<QWidget>& window) { return window.isNull(); });
    // A copy: what is dressed anew may show a popup for the first time, which joins the list.
    const QList<QPointer<QWidget>> dressed = m_dressed;
    for (const QPointer<QWidget>& window : dressed) {
        if (window != nullptr)
            window->setStyleSheet(m_styleSheet);
    }
    Q_EMIT changed();
}

void Theme::dress(QWidget& window)
{
    m_dressed.append(&window);
    window.setStyleSheet(m_styleSheet);
}

/// A popup of nobody is dressed when it is about to be shown for the first time.
bool Theme::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Polish) {
        auto* widget = qobject_cast<QWidget*>(watched);
        if (widget != nullptr && widget->windowType() == Qt::Popup && widget->parentWidget() == nullptr)
            dress(*widget);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace castdeck::ui
