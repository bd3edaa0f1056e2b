#include "ui/actions/action_list.h"

#include "ui/actions/key_words.h"

#include <QtCore/QPointer>
#include <QtGui/QAction>
#include <QtWidgets/QMenu>
#include <QtWidgets/QWidget>

#include <algorithm>
#include <cassert>
#include <ranges>
#include <utility>

namespace castdeck::ui {

struct ActionList::Binding {
    QPointer<QObject> context;
    std::function<void()> run;
    std::function<bool()> canRun;

    bool isReachable() const
    {
        const auto* widget = qobject_cast<const QWidget*>(context.data());
        return context != nullptr && (widget == nullptr || widget->isVisible());
    }
};

struct ActionList::Entry {
    const ActionSpec* spec = nullptr;
    QAction* action = nullptr;
    std::vector<Binding> bindings;
    bool wasBound = false;
};

ActionList::ActionList(QWidget* window, Documents* documents) : QObject{window}
{
    if (documents != nullptr)
        m_own.emplace(*documents);
    for (const ActionSpec& spec : actionSpecs()) {
        auto* action = new QAction{textOf(spec), this};
        action->setObjectName(QStringLiteral("action.") + QLatin1String{spec.id.data(), qsizetype(spec.id.size())});
        if (spec.context == ActionContext::Window) {
            action->setShortcuts(keys(spec));
            KeyWords::instance().set(spec.id, shownKeys(spec));
            window->addAction(action);
        } else if (!keysOf(spec).isEmpty()) {
            // A menu shows what follows the tab as keys, without making them count in the whole window.
            action->setText(textOf(spec) + u'\t' + keysOf(spec).constFirst().toString(QKeySequence::NativeText));
        }
        connect(action, &QAction::triggered, this, [this, id = spec.id] { run(id); });
        m_entries[std::string{spec.id}] = {&spec, action, {}, false};
    }
}

ActionList::~ActionList() = default;

bool ActionList::canChangeKeys(const ActionSpec& spec)
{
    return spec.context == ActionContext::Window;
}

QList<QKeySequence> ActionList::keys(const ActionSpec& spec) const
{
    const auto own = m_own && canChangeKeys(spec) ? m_own->find(spec.id) : std::nullopt;
    if (!own)
        return keysOf(spec);
    return own->isEmpty() ? QList<QKeySequence>{} : QList<QKeySequence>{*own};
}

QString ActionList::shownKeys(const ActionSpec& spec) const
{
    return ui::shownKeys(keys(spec));
}

bool ActionList::hasOwnKeys(std::string_view id) const
{
    return m_own && m_own->find(id).has_value();
}

QString ActionList::problemOf(std::string_view id, const QKeySequence& keys) const
{
    if (keys.isEmpty())
        return {};
    const QString shown = keys.toString(QKeySequence::NativeText);
    const int key = keys[0].key();
    const bool isFunctionKey = key >= Qt::Key_F1 && key <= Qt::Key_F35;
    if ((keys[0].keyboardModifiers() & ~Qt::ShiftModifier) == Qt::NoModifier && !isFunctionKey)
        return tr("%1 is for typing. Take it together with Ctrl or Alt, or a function key.").arg(shown);
    for (const ActionSpec& spec : actionSpecs()) {
        if (spec.id != id && this->keys(spec).contains(keys))
            return tr("%1 is taken by: %2.").arg(shown, textOf(spec));
    }
    return {};
}

QString ActionList::setKeys(std::string_view id, const QKeySequence& keys)
{
    const auto it = m_entries.find(id);
    assert(it != m_entries.end() && canChangeKeys(*it->second.spec) && m_own);
    if (const QString problem = problemOf(id, keys); !problem.isEmpty())
        return problem;
    m_own->set(id, keys);
    applyKeys(*it->second.spec);
    return {};
}

void ActionList::resetKeys(std::string_view id)
{
    const auto it = m_entries.find(id);
    assert(it != m_entries.end() && m_own);
    m_own->remove(id);
    applyKeys(*it->second.spec);
}

void ActionList::applyKeys(const ActionSpec& spec)
{
    action(spec.id)->setShortcuts(keys(spec));
    KeyWords::instance().set(spec.id, shownKeys(spec));
    Q_EMIT keysChanged();
}

void ActionList::bind(std::string_view id, QObject* context, std::function<void()> run, std::function<bool()> canRun)
{
    const auto it = m_entries.find(id);
    assert(it != m_entries.end());
    Entry& entry = it->second;
    std::erase_if(entry.bindings, [](const Binding& binding) { return binding.context == nullptr; });
    entry.bindings.push_back({context, std::move(run), std::move(canRun)});
    entry.wasBound = true;
}

QAction* ActionList::action(std::string_view id) const
{
    const auto it = m_entries.find(id);
    assert(it != m_entries.end());
    return it->second.action;
}

bool ActionList::isBound(std::string_view id) const
{
    const auto it = m_entries.find(id);
    return it != m_entries.end() && it->second.wasBound;
}

const ActionList::Binding* ActionList::reachable(std::string_view id) const
{
    const auto it = m_entries.find(id);
    assert(it != m_entries.end());
    for (const Binding& binding : std::views::reverse(it->second.bindings)) {
        if (binding.isReachable() && (!binding.canRun || binding.canRun()))
            return &binding;
    }
    return nullptr;
}

bool ActionList::canRun(std::string_view id) const
{
    return reachable(id) != nullptr;
}

void ActionList::run(std::string_view id)
{
    const Binding* binding = reachable(id);
    if (binding == nullptr)
        return;
    const auto act = binding->run; // It may bind or end what it belongs to.
    act();
}

QMenu* ActionList::makeMenu(ActionMenu menu, QWidget* parent)
{
    auto* result = new QMenu{titleOf(menu), parent};
    for (const ActionSpec& spec : actionSpecs()) {
        if (spec.menu == menu)
            result->addAction(action(spec.id));
    }
    connect(result, &QMenu::aboutToShow, this, [this, menu] {
        for (const ActionSpec& spec : actionSpecs()) {
            if (spec.menu == menu)
                action(spec.id)->setEnabled(canRun(spec.id));
        }
    });
    // A disabled action would swallow its keys when there is something to do again.
    connect(
        result, &QMenu::aboutToHide, this,
        [this, menu] {
            for (const ActionSpec& spec : actionSpecs()) {
                if (spec.menu == menu)
                    action(spec.id)->setEnabled(true);
            }
        },
        Qt::QueuedConnection);
    return result;
}

} // namespace castdeck::ui
