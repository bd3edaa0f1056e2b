#include "ui/models/log_model.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/log_table.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>

#include <algorithm>
#include <array>

namespace castdeck::ui {

namespace {

constexpr int smallestWidth = 24;
constexpr int largestWidth = 2'000;

/// In the order of LogModel::Column; what the kept text calls them.
constexpr std::array<const char*, LogModel::ColumnCount> columnKeys{"time",  "delta", "type", "arrow",  "channel",
                                                                    "event", "who",   "size", "summary"};

int columnOf(const QString& key)
{
    for (int column = 0; column < LogModel::ColumnCount; ++column) {
        if (key == QLatin1String{columnKeys[static_cast<std::size_t>(column)]})
            return column;
    }
    return -1;
}

} // namespace

std::string LogTable::columns() const
{
    QJsonArray columns;
    const QHeaderView* header = horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        QJsonObject object{{QStringLiteral("column"), QLatin1String{columnKeys[static_cast<std::size_t>(column)]}}};
        if (!isColumnWanted(column))
            object.insert(QStringLiteral("hidden"), true);
        if (header->sectionResizeMode(column) == QHeaderView::Interactive && header->sectionSize(column) > 0)
            object.insert(QStringLiteral("width"), header->sectionSize(column) * 100 / zoomed(100));
        columns.append(object);
    }
    return QJsonDocument{columns}.toJson(QJsonDocument::Compact).toStdString();
}

void LogTable::setColumns(const std::string& json)
{
    m_isArranging = true;
    int place = 0;
    QHeaderView* header = horizontalHeader();
    for (const QJsonValue& value : QJsonDocument::fromJson(QByteArray::fromStdString(json)).array()) {
        const QJsonObject object = value.toObject();
        const int column = columnOf(object.value(QStringLiteral("column")).toString());
        if (column < 0)
            continue;
        header->moveSection(header->visualIndex(column), place++);
        const int width = object.value(QStringLiteral("width")).toInt();
        if (width > 0 && header->sectionResizeMode(column) == QHeaderView::Interactive)
            header->resizeSection(column, zoomed(std::clamp(width, smallestWidth, largestWidth)));
        setColumnWanted(column, !object.value(QStringLiteral("hidden")).toBool());
    }
    m_isArranging = false;
}

void LogTable::fillColumnMenu(QMenu& menu)
{
    for (int column = 0; column < LogModel::ColumnCount; ++column) {
        const QString name = column == LogModel::Arrow
                                 ? tr("Direction")
                                 : model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        QAction* action = menu.addAction(name);
        action->setObjectName(QStringLiteral("log.columns.%1").arg(column));
        action->setCheckable(true);
        action->setChecked(isColumnWanted(column));
        action->setEnabled(column != LogModel::Summary || !isColumnWanted(column)); // It takes the room that is left.
        connect(action, &QAction::toggled, this, [this, column](bool isWanted) {
            setColumnWanted(column, isWanted);
            Q_EMIT columnsChanged();
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Reset columns"), this, &LogTable::resetColumns);
}

void LogTable::resetColumns()
{
    m_isArranging = true;
    for (int column = 0; column < LogModel::ColumnCount; ++column) {
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column), column);
        setColumnWanted(column, true);
    }
    setColumnWidths(defaultWidths());
    m_isArranging = false;
    Q_EMIT columnsChanged();
}

} // namespace castdeck::ui
