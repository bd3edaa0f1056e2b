#pragma once

#include "ui/widgets/confirm_bar.h"

namespace castdeck::ui {

class Workspace;

/// Turns the lock of a profile, and asks under the strip before a production profile is unlocked.
class LockQuestion : public ConfirmBar {
    Q_OBJECT

public:
    explicit LockQuestion(QWidget* parent = nullptr);

    void turnLock(Workspace& workspace); ///< It lives until the question is answered or cancel() is called.
};

} // namespace castdeck::ui
