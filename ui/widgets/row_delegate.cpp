#include "ui/widgets/row_delegate.h"

#include "ui/models/roles.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/data_table.h"

#include <QtGui/QPainter>

namespace castdeck::ui {

namespace {

constexpr int padding = 8;
constexpr int gap = 6;

QFont fontOf(const QModelIndex& index)
{
    struct Fonts {
        int zoom = zoomed(100);
        QFont plain = bodyFont();
        QFont strong = bodyFont(metrics::bodyText, QFont::Medium);
        QFont code = codeFont();
        QFont badge = bodyFont(metrics::smallText, QFont::Medium);
    };
    static Fonts fonts;
    if (fonts.zoom != zoomed(100))
        fonts = Fonts{};
    const auto& [zoom, plain, strong, code, badge] = fonts;
    if (index.data(BadgeRole).toBool())
        return badge;
    if (index.data(CodeRole).toBool())
        return code;
    return index.data(StrongRole).toBool() ? strong : plain;
}

void paintBackground(QPainter* painter, const QStyleOptionViewItem& option, int row, std::optional<Tone> tone)
{
    const Colors& colors = Theme::colors();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, colors.selection);
    else if (const auto* table = qobject_cast<const DataTable*>(option.widget); table && table->hoveredRow() == row)
        painter->fillRect(option.rect, colors.hover);
    else if (tone)
        painter->fillRect(option.rect, colors.soft(*tone));
}

/// An arrow for what can be opened, and its room for what stands beside it.
void indent(QPainter* painter, const QModelIndex& index, QRect& area)
{
    const QVariant level = index.data(IndentRole);
    if (!level.isValid())
        return;
    area.setLeft(area.left() + level.toInt() * RowDelegate::levelWidth);
    if (const QVariant isOpen = index.data(ExpanderRole); isOpen.isValid()) {
        const QString name = isOpen.toBool() ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right");
        const QPoint at{area.left() - 4, area.center().y() - metrics::icon / 2 + 1};
        painter->drawPixmap(
            at, iconPixmap(name, Theme::colors().muted, metrics::icon, painter->device()->devicePixelRatioF()));
    }
    area.setLeft(area.left() + RowDelegate::levelWidth);
}

void paintPill(QPainter* painter, const QRect& area, int width, Tone tone)
{
    constexpr int height = 20;
    const QRect pill{area.left(), area.center().y() - height / 2 + 1, std::min(width, area.width()), height};
    painter->setPen(Qt::NoPen);
    painter->setBrush(Theme::colors().soft(tone));
    painter->drawRoundedRect(pill, height / 2.0, height / 2.0);
}

} // namespace

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBackground(painter, option, index.row(), backgroundOf(index));

    const auto tone = static_cast<Tone>(index.data(ToneRole).toInt());
    const QColor color = Theme::colors().tone(tone);
    const QString iconName = index.data(IconRole).toString();
    const QString text = index.data(Qt::DisplayRole).toString();
    const QFont font = fontOf(index);
    const QFontMetrics measure{font};
    QRect area = option.rect.adjusted(padding, 0, -padding, 0);
    indent(painter, index, area);

    if (index.data(BadgeRole).toBool() && !text.isEmpty()) {
        const int iconWidth = iconName.isEmpty() ? 0 : 14 + gap;
        paintPill(painter, area, measure.horizontalAdvance(text) + iconWidth + 2 * padding, tone);
        area.adjust(padding, 0, -padding, 0);
    }
    if (!iconName.isEmpty()) {
        const int size = index.data(BadgeRole).toBool() ? 14 : metrics::icon;
        const QPoint at{area.left(), area.center().y() - size / 2 + 1};
        painter->drawPixmap(at, iconPixmap(iconName, color, size, painter->device()->devicePixelRatioF()));
        area.setLeft(area.left() + size + gap);
    }
    painter->setFont(font);
    painter->setPen(color);
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    const int flags = alignment.isValid() ? alignment.toInt() : int{Qt::AlignLeft | Qt::AlignVCenter};
    painter->drawText(area, flags | Qt::TextSingleLine, measure.elidedText(text, Qt::ElideRight, area.width()));
    painter->restore();
}

std::optional<Tone> RowDelegate::backgroundOf(const QModelIndex&) const
{
    return std::nullopt;
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {metrics::row, metrics::row};
}

} // namespace castdeck::ui
