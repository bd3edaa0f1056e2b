#pragma once

#include "tests/ui/loop_watchdog.h"
#include "tests/ui/machine_load.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>
#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace castdeck::test {

/// What a journey is measured against.
struct JourneyTarget {
    QString id;      ///< "J2", or "J5 unknown key" where one journey has several rows.
    QString title;   ///< Who does what.
    int actions = 0; ///< At most so many clicks, key chords and typed fields.
    /// No block of the event loop is longer.
    std::chrono::milliseconds block{100};
};

/// The account of one journey: what people did, how long the program took, what the screen showed, and what went wrong
/// meanwhile. Writes result.json and one picture a step to `<build>/journeys/<id>`.
///
/// Time: by the clock on the wall. Where other programs used more than a tenth of the processors, times are written but
/// not judged, and of the event loop's blocks only the part in which its thread was not waiting for a processor.
///
/// Thread: GUI. One at a time.
class Journey : public QObject {
    Q_OBJECT

public:
    explicit Journey(JourneyTarget target);
    ~Journey() override;

    /// From here on actions count and the event loop is watched. The window is shown by then.
    void begin();
    /// Programs that belong to the journey, so that their work is not taken for somebody else's.
    void addProcess(qint64 processId) { m_load.addProcess(processId); }

    /// Somebody did something; Ui tells.
    void countAction(const QString& what);
    /// The last one belongs to a step that was counted, such as going to a place to type there, or is a wish of the
    /// test. It stays among the gestures, which the account tells beside the actions.
    void takeBackAction() { m_actions.removeLast(); }
    /// The action that was counted last ends only here, such as typing.
    void restartTime() { m_sinceAction.restart(); }
    /// Waits until what the last action brings is there. False when it does not come; coming later than `target` is a
    /// fault of the journey.
    bool within(const QString& what, std::chrono::milliseconds target, const std::function<bool()>& isThere);
    /// A time that was measured otherwise.
    void addTime(const QString& what, std::chrono::milliseconds target, std::chrono::milliseconds took);
    /// A figure for the report that is not a time, such as "rows" or "memory grown, MB".
    void addFigure(const QString& what, double value);
    /// Keeps a picture of each visible window.
    void step(const QString& name);
    /// What the test itself did in the loop's thread since the last look is not the window's fault.
    void forgetOwnWork();

    /// A message box with this text in it belongs to the journey.
    void expectDialog(const QString& part) { m_expectedDialogs << part; }
    /// A warning with this text in it belongs to the journey.
    void expectWarning(const QString& part) { m_expectedWarnings << part; }

    /// Stops counting and watching.
    void end();
    /// Looks for the secrets in the files under `folder`, other than those that the names match, and in what was
    /// logged.
    void lookForSecrets(const QString& folder, const QList<QByteArray>& secrets, const QStringList& ownFiles);
    /// Writes the account. What was wrong, a line each; empty when nothing was.
    QString faults();

    QDir folder() const { return m_folder; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void takeMessage(QtMsgType kind, const QMessageLogContext& context, const QString& text);
    void judgeLoop();
    void judgeTimes();
    void write() const;

    const JourneyTarget m_target;
    QDir m_folder;
    MachineLoad m_load;
    std::unique_ptr<LoopWatchdog> m_watchdog;
    std::optional<int> m_foreignPercent; ///< Known at the end.
    std::chrono::milliseconds m_worst{0};
    std::chrono::milliseconds m_worstOwn{0};
    QStringList m_actions;
    int m_gestures = 0;
    QElapsedTimer m_sinceAction;
    QJsonArray m_times;
    QJsonArray m_figures;
    QStringList m_warnings;
    QStringList m_logged;
    QStringList m_dialogs;
    QStringList m_expectedDialogs;
    QStringList m_expectedWarnings;
    QStringList m_faults;
    int m_pictures = 0;
    QtMessageHandler m_previousHandler = nullptr;
};

} // namespace castdeck::test
