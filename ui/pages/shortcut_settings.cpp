#include "ui/pages/shortcut_settings.h"

#include "ui/actions/action_list.h"
#include "ui/pages/settings_page.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/key_button.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

namespace castdeck::ui {

namespace {

const QString group = QStringLiteral("shortcuts");

QString nameOf(const ActionSpec& spec)
{
    return QLatin1String{spec.id.data(), static_cast<qsizetype>(spec.id.size())};
}

QWidget* makeFixedKeys(const QString& keys)
{
    constexpr int width = 120;
    QLabel* label = makeLabel(keys, TextKind::Label);
    label->setMinimumWidth(width);
    return label;
}

QWidget* makeKeys(SettingsPage& page, ActionList& actions, const ActionSpec& spec)
{
    auto* control = new QWidget;
    auto* layout = new QHBoxLayout{control};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::tiny);
    auto* keys = new KeyButton{QStringLiteral("settings.keys.") + nameOf(spec), textOf(spec)};
    QToolButton* back = makeIconButton(QStringLiteral("settings.keys.reset.") + nameOf(spec), QStringLiteral("undo"),
                                       SettingsPage::tr("Shipped keys for %1").arg(textOf(spec)));
    QSizePolicy keepsPlace = back->sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    back->setSizePolicy(keepsPlace);
    layout->addWidget(back);
    layout->addWidget(keys);
    const auto show = [&actions, &spec, keys, back] {
        keys->setKeys(actions.shownKeys(spec));
        back->setVisible(actions.hasOwnKeys(spec.id));
    };
    QObject::connect(&actions, &ActionList::keysChanged, keys, show);
    QObject::connect(back, &QToolButton::clicked, &actions, [&actions, &spec] { actions.resetKeys(spec.id); });
    QObject::connect(keys, &KeyButton::chosen, &page, [&page, &actions, &spec](const QKeySequence& wanted) {
        if (const QString problem = actions.setKeys(spec.id, wanted); !problem.isEmpty())
            Q_EMIT page.told(problem);
    });
    show();
    return control;
}

} // namespace

void addShortcutSettings(SettingsPage& page, ActionList& actions)
{
    for (const ActionSpec& spec : actionSpecs()) {
        const QString where = spec.context == ActionContext::Window ? QString{} : wordOf(spec.context);
        if (ActionList::canChangeKeys(spec))
            page.addRow(group, textOf(spec), where, makeKeys(page, actions, spec));
        else if (const QString keys = actions.shownKeys(spec); !keys.isEmpty())
            page.addRow(group, textOf(spec), where, makeFixedKeys(keys));
    }
}

} // namespace castdeck::ui
