#include "ui/pages/auth_matrix_table.h"

#include "ui/models/matrix_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>

namespace castdeck::ui {

using remote::Expectation;

namespace {

constexpr int cellWidth = 142;
constexpr int widestCell = 220;
constexpr int headPadding = 24;
constexpr int cellHeight = 46;
constexpr int nameWidth = 150;

} // namespace

void MatrixCellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Colors& colors = Theme::colors();
    const QString expected = index.data(MatrixModel::ExpectedRole).toString();
    const QString was = index.data(MatrixModel::WasRole).toString();
    const bool differs = index.data(MatrixModel::DiffersRole).toBool();
    const QColor color = colors.tone(static_cast<Tone>(index.data(ToneRole).toInt()));
    const QRect cell = option.rect.adjusted(2, 2, -3, -3);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool isCurrent = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    painter->setPen(differs     ? QPen{colors.danger, 1.5}
                    : isCurrent ? QPen{colors.accent, 1.0}
                                : QPen{colors.border, 1.0});
    painter->setBrush(differs     ? colors.soft(Tone::Danger)
                      : isCurrent ? colors.selection
                      : isHovered ? colors.hover
                                  : colors.surface);
    painter->drawRoundedRect(QRectF{cell}.adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius, metrics::radius);
    if (differs && isCurrent) {
        painter->setPen(QPen{colors.accent, 1.0});
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF{cell}.adjusted(3, 3, -3, -3), metrics::radius - 2, metrics::radius - 2);
    }
    const QRect text = cell.adjusted(metrics::small, 0, -metrics::small, 0);
    const bool isAlone = expected.isEmpty();
    QRect first{text.left(), text.top(), text.width(), isAlone ? text.height() : text.height() / 2 + 3};
    QRect second{text.left(), first.bottom() - 3, text.width(), text.bottom() - first.bottom() + 3};
    const QString iconName = index.data(IconRole).toString();
    if (!iconName.isEmpty()) {
        painter->drawPixmap(first.left(), first.center().y() - 6,
                            iconPixmap(iconName, color, 14, painter->device()->devicePixelRatioF()));
        first.setLeft(first.left() + 20);
    }
    painter->setFont(bodyFont(metrics::bodyText, iconName.isEmpty() ? QFont::Normal : QFont::Medium));
    painter->setPen(color);
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      index.data(Qt::DisplayRole).toString());
    painter->setFont(bodyFont(metrics::smallText));
    if (!was.isEmpty()) {
        painter->setPen(colors.info);
        painter->drawText(first, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, was);
    }
    painter->setPen(differs ? colors.danger : colors.faint);
    painter->drawText(second, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(expected, Qt::ElideRight, second.width()));
    painter->restore();
}

MatrixTable::MatrixTable(MatrixModel* model, QWidget* parent) : QTableView{parent}, m_matrix{model}
{
    setObjectName(QStringLiteral("auth.matrix.table"));
    setAccessibleName(tr("Permission matrix"));
    setItemDelegate(new MatrixCellDelegate{this});
    setModel(model);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectItems);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    viewport()->setAttribute(Qt::WA_Hover);
    viewport()->setCursor(Qt::PointingHandCursor);
    for (QHeaderView* header : {horizontalHeader(), verticalHeader()}) {
        header->setSectionResizeMode(QHeaderView::Fixed);
        header->setHighlightSections(false);
        header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    }
    horizontalHeader()->setDefaultSectionSize(cellWidth);
    horizontalHeader()->setFixedHeight(metrics::control);
    horizontalHeader()->setTextElideMode(Qt::ElideMiddle);
    horizontalHeader()->setSectionsClickable(false);
    const auto fitNames = [this] {
        for (int column = 0; column < m_matrix->columnCount(); ++column) {
            const QString name = m_matrix->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
            const int wanted = horizontalHeader()->fontMetrics().horizontalAdvance(name) + headPadding;
            horizontalHeader()->resizeSection(column, std::clamp(wanted, cellWidth, widestCell));
        }
    };
    connect(m_matrix, &QAbstractItemModel::columnsInserted, this, fitNames);
    connect(m_matrix, &QAbstractItemModel::modelReset, this, fitNames);
    verticalHeader()->setDefaultSectionSize(cellHeight);
    verticalHeader()->setFixedWidth(nameWidth);
    verticalHeader()->setSectionsClickable(false);
    connect(this, &QAbstractItemView::clicked, this, &MatrixTable::cycle);
}

void MatrixTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT currentCellChanged(current);
}

void MatrixTable::cycle(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const Expectation old = m_matrix->matrix().expected(MatrixModel::cellAt(index));
    m_matrix->setExpectation(index, old == Expectation::None    ? Expectation::Allow
                                    : old == Expectation::Allow ? Expectation::Deny
                                                                : Expectation::None);
}

void MatrixTable::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex index = currentIndex();
    if (!index.isValid() || event->modifiers() != Qt::NoModifier)
        return QTableView::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter: return cycle(index);
    case Qt::Key_A: return m_matrix->setExpectation(index, Expectation::Allow);
    case Qt::Key_D: return m_matrix->setExpectation(index, Expectation::Deny);
    case Qt::Key_Delete: return m_matrix->setExpectation(index, Expectation::None);
    default: QTableView::keyPressEvent(event);
    }
}

} // namespace castdeck::ui
