#pragma once

#include "ui/models/window_memory.h"
#include "ui/theme/theme.h"

namespace castdeck::ui {

class Workspace;

/// The arrangement of the window: which one somebody chose, how he left each of them, and what it brings besides its
/// pages: large type for presenters, and no secrets in sight.
///
/// Thread: GUI. Ownership: theme and documents outlive it.
class WindowLayout : public QObject {
    Q_OBJECT

public:
    WindowLayout(Theme& theme, Documents& documents, QObject* parent = nullptr);

    Arrangement arrangement() const noexcept { return m_arrangement; }
    bool isChosen() const { return m_memory.arrangement().has_value(); }
    void choose(Arrangement arrangement);

    /// Whether the navigation has icons only, however wide the window is.
    bool wantsIconsOnly() const noexcept { return m_wantsIconsOnly; }
    void toggleIconsOnly() { m_wantsIconsOnly = !m_wantsIconsOnly; }

    void keep(const Workspace& shown); ///< As it is.
    void restore();                    ///< What was kept, for all workspaces; apply() tells each.
    void apply(Workspace& workspace) const;
    void reset(); ///< As shipped.

private:
    void enter();
    void keepZoom();

    Theme& m_theme;
    WindowMemory m_memory;
    Arrangement m_arrangement;
    QJsonObject m_layout;
    bool m_wantsIconsOnly = false;
};

} // namespace castdeck::ui
