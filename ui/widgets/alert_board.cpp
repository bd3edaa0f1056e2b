#include "ui/widgets/alert_board.h"

#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/alert_tile.h"
#include "ui/widgets/controls.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QLabel>

#include <algorithm>
#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr int gap = metrics::medium;
constexpr int headHeight = 20;
constexpr int edge = 2; ///< Room for the frame of the tile that has the focus.

/// Those in no folder stand under a heading too, where there are folders.
QString headOf(const Template& message)
{
    return message.folder.isEmpty() ? AlertBoard::tr("Others") : shownText(toStd(message.folder), 80);
}

} // namespace

AlertBoard::AlertBoard(TemplateList& list, QWidget* parent)
    : QScrollArea{parent}
    , m_list{list}
    , m_content{new QWidget}
    , m_marker{new QWidget{m_content}}
{
    setObjectName(QStringLiteral("board"));
    setAccessibleName(tr("Alert board"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(m_content);
    m_marker->setAttribute(Qt::WA_StyledBackground);
    m_marker->setStyleSheet(QStringLiteral("background: palette(link); border-radius: 1px;"));
    m_marker->hide();
    connect(&m_list, &QAbstractItemModel::rowsInserted, this, &AlertBoard::rebuild);
    connect(&m_list, &QAbstractItemModel::rowsRemoved, this, &AlertBoard::rebuild);
    connect(&m_list, &QAbstractItemModel::rowsMoved, this, &AlertBoard::rebuild);
    connect(&m_list, &QAbstractItemModel::dataChanged, this, &AlertBoard::refresh);
    connect(&m_clock, &QTimer::timeout, this, &AlertBoard::showTimes);
    m_clock.start(15s);
    rebuild();
}

void AlertBoard::setProfile(const std::string& profileId)
{
    m_profileId = profileId;
    rebuild();
}

AlertTile* AlertBoard::tile(const std::string& templateId) const
{
    const auto found = std::ranges::find(m_tiles, templateId, &AlertTile::templateId);
    return found == m_tiles.end() ? nullptr : *found;
}

AlertTile* AlertBoard::makeTile(const Template& message)
{
    auto* tile = new AlertTile{message, m_content};
    const std::string id = message.id;
    connect(tile, &AlertTile::clicked, this, [this, id] { Q_EMIT chosen(id); });
    connect(tile, &AlertTile::dragged, this, [this, tile](const QPoint& position) { drag(tile, position); });
    connect(tile, &AlertTile::dropped, this, &AlertBoard::drop);
    tile->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(tile, &QWidget::customContextMenuRequested, this,
            [this, tile, id](const QPoint& position) { Q_EMIT menuRequested(id, tile->mapToGlobal(position)); });
    return tile;
}

void AlertBoard::rebuild()
{
    const int focused = currentIndex();
    const std::string focusedId =
        focused < 0 ? std::string{} : m_tiles[static_cast<std::size_t>(focused)]->templateId();
    for (const Section& section : m_sections) {
        delete section.head;
        for (AlertTile* each : section.tiles) {
            each->hide();
            each->setObjectName({});
            each->deleteLater(); // It may be the one whose press has led here.
        }
    }
    m_sections.clear();
    m_tiles.clear();
    m_dragged = nullptr;
    const bool hasFolders = !m_list.folders().isEmpty();
    QStringList folders;
    for (const Template& message : m_list.all()) {
        if (!message.profileId.empty() && message.profileId != m_profileId)
            continue;
        auto at = folders.indexOf(message.folder);
        if (at < 0) {
            at = folders.size();
            folders << message.folder;
            m_sections.emplace_back();
            if (!message.folder.isEmpty() || hasFolders) {
                m_sections.back().head = makeLabel(headOf(message), TextKind::Label);
                m_sections.back().head->setParent(m_content);
            }
        }
        m_sections[static_cast<std::size_t>(at)].tiles.push_back(makeTile(message));
    }
    for (const Section& section : m_sections)
        m_tiles.insert(m_tiles.end(), section.tiles.begin(), section.tiles.end());
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        m_tiles[i]->setObjectName(QStringLiteral("board.tile.%1").arg(i + 1));
        m_tiles[i]->setNumber(i < 9 ? static_cast<int>(i) + 1 : 0);
    }
    showTimes();
    arrange();
    if (AlertTile* again = tile(focusedId))
        again->setFocus();
    Q_EMIT contentChanged();
}

void AlertBoard::refresh(const QModelIndex& first, const QModelIndex& last)
{
    for (int row = first.row(); row <= last.row(); ++row) {
        const Template& message = m_list.all()[static_cast<std::size_t>(row)];
        AlertTile* const shown = tile(message.id);
        const auto section = std::ranges::find_if(m_sections, [shown](const Section& each) {
            return std::ranges::find(each.tiles, shown) != each.tiles.end();
        });
        const bool hasMoved = section != m_sections.end() && section->head != nullptr
                                  ? section->head->text() != headOf(message)
                                  : !message.folder.isEmpty();
        if (shown == nullptr || hasMoved) {
            rebuild();
            return;
        }
        shown->setMessage(message);
    }
    showTimes();
    arrange();
}

void AlertBoard::showTimes()
{
    const QDateTime now = QDateTime::currentDateTime();
    for (AlertTile* each : m_tiles) {
        if (const Template* message = m_list.find(each->templateId()))
            each->setLastSent(lastSentWords(message->lastSent, now));
    }
}

int AlertBoard::columns() const
{
    const int room = viewport()->width() - 2 * edge;
    return std::max(1, (room + gap) / (AlertTile::smallest.width() + gap));
}

void AlertBoard::arrange()
{
    const int room = std::max(viewport()->width() - 2 * edge, AlertTile::smallest.width());
    const int perRow = columns();
    const int tileWidth = (room - (perRow - 1) * gap) / perRow;
    int y = edge;
    for (const Section& section : m_sections) {
        if (section.head != nullptr) {
            section.head->setGeometry(edge, y, room, headHeight);
            section.head->show();
            y += headHeight + metrics::tiny;
        }
        for (std::size_t i = 0; i < section.tiles.size(); i += static_cast<std::size_t>(perRow)) {
            const std::size_t end = std::min(section.tiles.size(), i + static_cast<std::size_t>(perRow));
            int height = 0;
            for (std::size_t k = i; k < end; ++k)
                height = std::max(height, section.tiles[k]->heightForWidth(tileWidth));
            for (std::size_t k = i; k < end; ++k) {
                section.tiles[k]->setGeometry(edge + static_cast<int>(k - i) * (tileWidth + gap), y, tileWidth, height);
                section.tiles[k]->show();
            }
            y += height + gap;
        }
        y += metrics::tiny;
    }
    m_content->resize(viewport()->width(), y);
}

void AlertBoard::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

void AlertBoard::showEvent(QShowEvent* event)
{
    showTimes();
    arrange();
    QScrollArea::showEvent(event);
}

int AlertBoard::currentIndex() const
{
    const auto found = std::ranges::find_if(m_tiles, [](const AlertTile* each) { return each->hasFocus(); });
    return found == m_tiles.end() ? -1 : static_cast<int>(found - m_tiles.begin());
}

void AlertBoard::keyPressEvent(QKeyEvent* event)
{
    const int count = static_cast<int>(m_tiles.size());
    const int number = event->key() - Qt::Key_0;
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (isPlain && number >= 1 && number <= std::min(count, 9)) {
        if (!event->isAutoRepeat())
            m_tiles[static_cast<std::size_t>(number - 1)]->click();
        return;
    }
    int step = 0;
    switch (event->key()) {
    case Qt::Key_Left: step = -1; break;
    case Qt::Key_Right: step = 1; break;
    case Qt::Key_Up: step = -columns(); break;
    case Qt::Key_Down: step = columns(); break;
    default: QScrollArea::keyPressEvent(event); return;
    }
    const int current = currentIndex();
    if (event->modifiers().testFlag(Qt::ControlModifier) && event->modifiers().testFlag(Qt::ShiftModifier)) {
        if (current >= 0)
            moveTile(m_tiles[static_cast<std::size_t>(current)]->templateId(), step);
        return;
    }
    if (count == 0)
        return;
    const int next = current < 0 ? 0 : std::clamp(current + step, 0, count - 1);
    m_tiles[static_cast<std::size_t>(next)]->setFocus();
    ensureWidgetVisible(m_tiles[static_cast<std::size_t>(next)]);
}

void AlertBoard::moveTile(const std::string& templateId, int steps)
{
    const auto found = std::ranges::find(m_tiles, templateId, &AlertTile::templateId);
    if (found == m_tiles.end() || steps == 0)
        return;
    const int from = static_cast<int>(found - m_tiles.begin());
    const int to = std::clamp(from + steps, 0, static_cast<int>(m_tiles.size()) - 1);
    if (to == from)
        return;
    m_dragged = *found;
    m_target = m_tiles[static_cast<std::size_t>(to)];
    m_isBehind = to > from;
    drop();
}

AlertTile* AlertBoard::nearest(const QPoint& position, const AlertTile* except) const
{
    AlertTile* best = nullptr;
    int bestDistance = 0;
    for (AlertTile* each : m_tiles) {
        const int distance = (each->geometry().center() - position).manhattanLength();
        if (each != except && (best == nullptr || distance < bestDistance)) {
            best = each;
            bestDistance = distance;
        }
    }
    return best;
}

void AlertBoard::drag(AlertTile* tile, const QPoint& position)
{
    m_dragged = tile;
    m_target = nearest(position, tile);
    if (m_target == nullptr)
        return;
    const QRect area = m_target->geometry();
    const bool isOneColumn = columns() == 1;
    m_isBehind = isOneColumn ? position.y() > area.center().y() : position.x() > area.center().x();
    constexpr int thickness = 3;
    if (isOneColumn)
        m_marker->setGeometry(area.left(), m_isBehind ? area.bottom() + gap / 2 - 1 : area.top() - gap / 2 - 1,
                              area.width(), thickness);
    else
        m_marker->setGeometry(m_isBehind ? area.right() + gap / 2 - 1 : area.left() - gap / 2 - 1, area.top(),
                              thickness, area.height());
    m_marker->show();
    m_marker->raise();
    ensureVisible(position.x(), position.y(), 10, 40);
}

void AlertBoard::drop()
{
    m_marker->hide();
    if (m_dragged == nullptr || m_target == nullptr || m_dragged == m_target)
        return;
    const Template* const moved = m_list.find(m_dragged->templateId());
    const Template* const target = m_list.find(m_target->templateId());
    m_dragged = nullptr;
    m_target = nullptr;
    if (moved == nullptr || target == nullptr)
        return;
    const int from = static_cast<int>(moved - m_list.all().data());
    const int at = static_cast<int>(target - m_list.all().data());
    const int to = at + (m_isBehind ? 1 : 0) - (from < at ? 1 : 0);
    if (moved->folder != target->folder) { // It goes where it was put.
        Template changed = *moved;
        changed.folder = target->folder;
        m_list.replace(changed);
    }
    m_list.move(from, to);
}

} // namespace castdeck::ui
