#pragma once

#include "ui/models/template_list.h"

#include <QtCore/QTimer>
#include <QtWidgets/QScrollArea>

#include <string>
#include <vector>

class QLabel;

namespace castdeck::ui {

class AlertTile;

/// The templates of a profile as tiles under the names of their folders. Dragging orders them; 1 to 9 press them and
/// the arrows walk while the board has the focus.
///
/// The list must outlive it.
class AlertBoard : public QScrollArea {
    Q_OBJECT

public:
    explicit AlertBoard(TemplateList& list, QWidget* parent = nullptr);

    /// Shows what belongs to that profile or to none.
    void setProfile(const std::string& profileId);
    bool isEmpty() const { return m_tiles.empty(); }
    AlertTile* tile(const std::string& templateId) const; ///< Null when it is not shown.
    void moveTile(const std::string& templateId, int steps);

Q_SIGNALS:
    void chosen(const std::string& templateId);
    void menuRequested(const std::string& templateId, const QPoint& globalPosition);
    void contentChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Section {
        QLabel* head = nullptr; ///< Null for templates without a folder.
        std::vector<AlertTile*> tiles;
    };

    void rebuild();
    void refresh(const QModelIndex& first, const QModelIndex& last);
    AlertTile* makeTile(const Template& message);
    void arrange();
    void showTimes();
    void drag(AlertTile* tile, const QPoint& position);
    void drop();
    AlertTile* nearest(const QPoint& position, const AlertTile* except) const;
    int currentIndex() const;
    int columns() const;

    TemplateList& m_list;
    std::string m_profileId;
    QWidget* m_content;
    std::vector<Section> m_sections;
    std::vector<AlertTile*> m_tiles; ///< In the order they are seen.
    QWidget* m_marker;               ///< Where a dragged tile would go.
    AlertTile* m_dragged = nullptr;
    AlertTile* m_target = nullptr; ///< The dragged one goes before it, or behind it.
    bool m_isBehind = false;
    QTimer m_clock; ///< "4 min ago" grows older.
};

} // namespace castdeck::ui
