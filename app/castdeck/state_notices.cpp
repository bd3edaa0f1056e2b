#include "app/castdeck/state_notices.h"

#include "app/castdeck/stored_state.h"
#include "ui/main_window.h"
#include "ui/widgets/notice_bar.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>

namespace castdeck::app {

namespace {

const QString damageNotice = QStringLiteral("restore");

QString translated(const char* text)
{
    return QCoreApplication::translate("castdeck::app::StateNotices", text);
}

} // namespace

void tellOfState(StoredState& state, ui::MainWindow& window)
{
    const QPointer<ui::MainWindow> shown{&window};
    state.onTrouble([shown](const QString& sentence) {
        if (shown)
            shown->notices().tell(
                {.id = QStringLiteral("state"), .text = translated("Not everything is kept. %1.").arg(sentence)});
    });
    if (!state.isRestorable())
        return;
    const auto restore = [&state, shown] {
        state.restore([shown](const QString& outcome) {
            if (!shown)
                return;
            shown->notices().dismiss(damageNotice);
            shown->tell(outcome);
        });
    };
    window.notices().tell(
        {.id = damageNotice, .text = state.notice(), .action = translated("Restore the last copy"), .act = restore});
}

} // namespace castdeck::app
