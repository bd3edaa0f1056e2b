#include "ui/frame/lock_question.h"

#include "ui/workspace.h"

namespace castdeck::ui {

LockQuestion::LockQuestion(QWidget* parent) : ConfirmBar{QStringLiteral("lock.question"), Shape::Line, parent} {}

void LockQuestion::turnLock(Workspace& workspace)
{
    SendingLock& lock = workspace.lock();
    const auto unlock = [&workspace] {
        workspace.lock().unlock();
        workspace.showLock();
    };
    if (!lock.isLocked()) {
        lock.lock();
        workspace.showLock();
    } else if (!workspace.profile().isProduction) {
        unlock();
    } else {
        const auto minutes = lock.unlockTime().count();
        ask(tr("%1 is a production server. Unlock sending for %2 minutes?").arg(workspace.profile().name).arg(minutes),
            tr("Unlock for %1 minutes").arg(minutes), unlock, Focus::Confirm);
    }
}

} // namespace castdeck::ui
