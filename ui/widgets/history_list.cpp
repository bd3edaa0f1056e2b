#include "ui/widgets/history_list.h"

#include "ui/models/history_model.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyledItemDelegate>

namespace castdeck::ui {

namespace {

constexpr int itemHeight = 52;
constexpr int dayHeight = 28;

void drawEnds(QPainter* painter, const QRect& line, const QString& left, const QString& right, const QFont& leftFont,
              const QFont& rightFont, const QColor& leftColor, const QColor& rightColor)
{
    const int rightWidth = QFontMetrics{rightFont}.horizontalAdvance(right) + 1;
    painter->setFont(rightFont);
    painter->setPen(rightColor);
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, right);
    const QRect rest = line.adjusted(0, 0, -rightWidth - metrics::medium, 0);
    painter->setFont(leftFont);
    painter->setPen(leftColor);
    painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      QFontMetrics{leftFont}.elidedText(left, Qt::ElideRight, rest.width()));
}

void drawDay(QPainter* painter, const QRect& line, const QString& day)
{
    const Colors& colors = Theme::colors();
    painter->setFont(bodyFont(metrics::smallText, QFont::DemiBold));
    painter->setPen(colors.muted);
    painter->drawText(line.adjusted(metrics::page, 4, -metrics::page, 0),
                      Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, day);
    painter->setPen(colors.border);
    painter->drawLine(line.bottomLeft(), line.bottomRight());
}

class HistoryDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        const bool beginsDay = !index.data(HistoryModel::DayRole).toString().isEmpty();
        return {120, itemHeight + (beginsDay ? dayHeight : 0)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Colors& colors = Theme::colors();
        const bool isCurrent = option.state.testFlag(QStyle::State_HasFocus);
        painter->save();
        QRect row = option.rect;
        if (const QString day = index.data(HistoryModel::DayRole).toString(); !day.isEmpty()) {
            drawDay(painter, {row.left(), row.top(), row.width(), dayHeight}, day);
            row.setTop(row.top() + dayHeight);
        }
        if (option.state.testFlag(QStyle::State_MouseOver) || isCurrent)
            painter->fillRect(row, isCurrent ? colors.selection : colors.hover);
        painter->setPen(colors.border);
        painter->drawLine(row.bottomLeft(), row.bottomRight());
        const QRect area = row.adjusted(metrics::page, 7, -metrics::page, -8);
        const QRect first{area.left(), area.top(), area.width(), area.height() / 2};
        const QRect second{area.left(), area.center().y() + 1, area.width(), area.height() / 2};
        const auto tone = static_cast<Tone>(index.data(HistoryModel::OutcomeToneRole).toInt());
        drawEnds(painter, first, index.data().toString(), index.data(HistoryModel::TimeRole).toString(),
                 bodyFont(metrics::bodyText, QFont::Medium), bodyFont(metrics::smallText), colors.text, colors.faint);
        drawEnds(painter, second, index.data(HistoryModel::ChannelsRole).toString(),
                 index.data(HistoryModel::OutcomeRole).toString(), bodyFont(metrics::smallText),
                 bodyFont(metrics::smallText), colors.faint, colors.tone(tone));
        painter->restore();
    }
};

} // namespace

HistoryList::HistoryList(HistoryModel* model, QWidget* parent) : QListView{parent}
{
    setObjectName(QStringLiteral("history"));
    setAccessibleName(tr("Sent messages"));
    setModel(model);
    setItemDelegate(new HistoryDelegate{this});
    setSelectionMode(NoSelection);
    setEditTriggers(NoEditTriggers);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void HistoryList::enter()
{
    if (model()->rowCount() > 0 && !currentIndex().isValid())
        setCurrentIndex(model()->index(0, 0));
    setFocus(Qt::OtherFocusReason);
}

} // namespace castdeck::ui
