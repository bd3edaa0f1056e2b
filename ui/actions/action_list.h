#pragma once

#include "ui/actions/own_shortcuts.h"

#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtGui/QKeySequence>

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

class QAction;
class QMenu;
class QWidget;

namespace castdeck::ui {

/// Where the keys of an action count. In the window the list of actions acts on them; elsewhere the widget of that name
/// does, while it has the focus, so that single letters never meet somebody who types.
enum class ActionContext { Window, Send, Log, Channels, Connections, Authorization, Board };

enum class ActionMenu { File, Go, Send, Log, Channels, Server, View, Help };

/// One thing a person can do, as a plain value.
struct ActionSpec {
    std::string_view id;
    const char* text; ///< To be translated in the context "Actions".
    const char* keys; ///< Portable, several divided by "; ", "" for none.
    ActionContext context;
    ActionMenu menu;
};

/// Everything the program offers by menu, key or command palette, in the order of the menus. Menus, palette, the sheet
/// of shortcuts, the settings and the handbook are made from this one table.
std::span<const ActionSpec> actionSpecs();
QString textOf(const ActionSpec& spec);
QList<QKeySequence> keysOf(const ActionSpec& spec);
/// As people read them: "Ctrl+K", several divided by " or ".
QString shownKeys(const QList<QKeySequence>& keys);
QString shownKeys(const ActionSpec& spec); ///< Those it is shipped with.
QString wordOf(ActionContext context);
QString titleOf(ActionMenu menu);
std::span<const ActionMenu> actionMenus();

/// The actions of one window, and what they do there.
///
/// Thread: GUI. Ownership: the QActions are its own. A function that was bound is forgotten with its context object.
class ActionList : public QObject {
    Q_OBJECT

public:
    /// `window` is where the keys of ActionContext::Window count. The documents, which outlive the list, hold what
    /// somebody has changed; null: nothing.
    explicit ActionList(QWidget* window, Documents* documents = nullptr);
    ~ActionList() override;

    /// What the action does while `context` is there: a widget counts while it is visible, another object always. Of
    /// several, the one bound last goes first. `canRun` says whether there is anything to do at the moment.
    ///
    /// Outside ActionContext::Window, `context` is the widget in which the keys count: a list, or for Send a page.
    void bind(std::string_view id, QObject* context, std::function<void()> run, std::function<bool()> canRun = {});

    /// For menus and buttons. There is one for every entry of actionSpecs().
    QAction* action(std::string_view id) const;
    bool isBound(std::string_view id) const; ///< Anything has ever been bound to it.
    bool canRun(std::string_view id) const;
    void run(std::string_view id);

    /// Those that count in the whole window and that no widget knows by itself.
    static bool canChangeKeys(const ActionSpec& spec);
    QString shownKeys(const ActionSpec& spec) const;
    bool hasOwnKeys(std::string_view id) const;
    /// Empty keys: none. Returns why they cannot be had, or nothing.
    QString setKeys(std::string_view id, const QKeySequence& keys);
    void resetKeys(std::string_view id); ///< To those it is shipped with.

    /// Owned by `parent`. Entries that can do nothing at the moment are disabled while it is open.
    QMenu* makeMenu(ActionMenu menu, QWidget* parent);

Q_SIGNALS:
    void keysChanged();

private:
    struct Binding;
    struct Entry;

    QList<QKeySequence> keys(const ActionSpec& spec) const;
    QString problemOf(std::string_view id, const QKeySequence& keys) const;
    void applyKeys(const ActionSpec& spec);
    const Binding* reachable(std::string_view id) const;

    std::optional<OwnShortcuts> m_own;
    std::map<std::string, Entry, std::less<>> m_entries;
};

} // namespace castdeck::ui
