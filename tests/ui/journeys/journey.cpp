#include "tests/ui/journeys/journey.h"

#include "tests/ui/journeys/waiting.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDirIterator>
#include <QtCore/QEvent>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QThread>
#include <QtGui/QPixmap>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMessageBox>

namespace castdeck::test {

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

/// The targets are those of a release build. What the compiler has not optimised may take so many times as long.
#if defined(__OPTIMIZE__)
constexpr int patience = 1;
#else
constexpr int patience = 3;
#endif

constexpr int foreignPercentForTheClock = 10;

Journey* current = nullptr; ///< The one that takes messages; GUI thread, messages of other threads come later.

bool holdsOneOf(const QString& text, const QStringList& parts)
{
    return std::ranges::any_of(parts, [&](const QString& part) { return text.contains(part); });
}

QString folderName(QString id)
{
    return id.replace(u' ', u'-').replace(u'/', u'-');
}

} // namespace

Journey::Journey(JourneyTarget target)
    : m_target{std::move(target)}
    , m_folder{QCoreApplication::applicationDirPath() + QStringLiteral("/../journeys/") + folderName(m_target.id)}
{
    m_folder.removeRecursively();
    m_folder.mkpath(QStringLiteral("."));
    current = this;
    m_previousHandler = qInstallMessageHandler([](QtMsgType kind, const QMessageLogContext& context,
                                                  const QString& text) { current->takeMessage(kind, context, text); });
    qApp->installEventFilter(this);
    m_sinceAction.start();
}

Journey::~Journey()
{
    qInstallMessageHandler(m_previousHandler);
    current = nullptr;
}

void Journey::takeMessage(QtMsgType kind, const QMessageLogContext& context, const QString& text)
{
    // The offscreen platform tells what it cannot do; that is not the program's doing.
    const bool isPlatform =
        QByteArray{context.category}.startsWith("qt.qpa") || text.startsWith(u"This plugin does not support");
    if (!isPlatform && QThread::currentThread() == thread()) {
        m_logged << text;
        if (kind != QtDebugMsg && kind != QtInfoMsg && !holdsOneOf(text, m_expectedWarnings))
            m_warnings << text;
    } else if (!isPlatform) {
        QMetaObject::invokeMethod(this, [this, text] { m_warnings << text; }, Qt::QueuedConnection);
    }
    if (m_previousHandler != nullptr && !isPlatform)
        m_previousHandler(kind, context, text);
}

bool Journey::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::Show)
        return false;
    const auto* box = qobject_cast<QMessageBox*>(watched);
    const bool isError =
        box != nullptr && (box->icon() == QMessageBox::Critical || box->icon() == QMessageBox::Warning);
    if (isError && !holdsOneOf(box->text(), m_expectedDialogs))
        m_dialogs << box->text();
    return false;
}

void Journey::begin()
{
    settle();
    m_actions.clear();
    m_gestures = 0;
    m_load.start();
    m_watchdog = std::make_unique<LoopWatchdog>();
    m_sinceAction.restart();
}

void Journey::countAction(const QString& what)
{
    m_actions << what;
    ++m_gestures;
    m_sinceAction.restart();
}

bool Journey::within(const QString& what, milliseconds target, const std::function<bool()>& isThere)
{
    const bool came = waitUntil(isThere, std::max<milliseconds>(10s, 3 * target));
    addTime(what, target, milliseconds{m_sinceAction.elapsed()});
    if (!came)
        m_faults << QStringLiteral("%1 did not come").arg(what);
    return came;
}

void Journey::addTime(const QString& what, milliseconds target, milliseconds took)
{
    m_times << QJsonObject{{QStringLiteral("what"), what},
                           {QStringLiteral("target"), static_cast<qint64>(target.count())},
                           {QStringLiteral("ms"), static_cast<qint64>(took.count())}};
}

void Journey::addFigure(const QString& what, double value)
{
    m_figures << QJsonObject{{QStringLiteral("what"), what}, {QStringLiteral("value"), value}};
}

void Journey::step(const QString& name)
{
    settle();
    ++m_pictures;
    int window = 0;
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (!widget->isVisible() || widget->windowType() == Qt::ToolTip)
            continue;
        const QString suffix = window++ == 0 ? QString{} : QStringLiteral("-%1").arg(window);
        const QString file =
            QStringLiteral("%1-%2%3.png").arg(m_pictures, 2, 10, QChar{u'0'}).arg(folderName(name), suffix);
        widget->grab().save(m_folder.filePath(file));
    }
    forgetOwnWork();
}

void Journey::forgetOwnWork()
{
    if (m_watchdog)
        m_watchdog->forget();
}

void Journey::end()
{
    if (!m_watchdog)
        return;
    settle();
    m_worst = m_watchdog->worstGap();
    m_worstOwn = m_watchdog->worstOwnGap();
    m_watchdog.reset();
    m_foreignPercent = m_load.foreignPercent();
}

void Journey::lookForSecrets(const QString& folder, const QList<QByteArray>& secrets, const QStringList& ownFiles)
{
    QDirIterator files{folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories};
    while (files.hasNext()) {
        QFile file{files.next()};
        if (QDir::match(ownFiles, QFileInfo{file}.fileName()) || !file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray bytes = file.readAll();
        for (const QByteArray& secret : secrets) {
            if (bytes.contains(secret) || bytes.contains(secret.toBase64()))
                m_faults << QStringLiteral("a secret is in %1").arg(QDir{folder}.relativeFilePath(file.fileName()));
        }
    }
    for (const QByteArray& secret : secrets) {
        if (m_logged.join(u'\n').contains(QString::fromUtf8(secret)))
            m_faults << QStringLiteral("a secret is in the log");
    }
}

void Journey::judgeLoop()
{
    const bool isClockJudged = m_foreignPercent.value_or(100) <= foreignPercentForTheClock;
    const auto limit = patience * m_target.block;
    if (m_worstOwn > limit)
        m_faults << QStringLiteral("the event loop was blocked for %1 ms of its own").arg(m_worstOwn.count());
    else if (isClockJudged && m_worst > limit)
        m_faults << QStringLiteral("the event loop was blocked for %1 ms by the clock").arg(m_worst.count());
}

void Journey::judgeTimes()
{
    if (m_foreignPercent.value_or(100) > foreignPercentForTheClock)
        return;
    for (const QJsonValueRef time : m_times) {
        const QJsonObject fields = time.toObject();
        if (fields[QLatin1String{"ms"}].toInteger() > patience * fields[QLatin1String{"target"}].toInteger())
            m_faults << QStringLiteral("%1 took %2 ms, target %3 ms")
                            .arg(fields[QLatin1String{"what"}].toString())
                            .arg(fields[QLatin1String{"ms"}].toInteger())
                            .arg(fields[QLatin1String{"target"}].toInteger());
    }
}

QString Journey::faults()
{
    end();
    judgeLoop();
    judgeTimes();
    if (m_actions.size() > m_target.actions)
        m_faults << QStringLiteral("%1 actions, target %2").arg(m_actions.size()).arg(m_target.actions);
    for (const QString& text : m_dialogs)
        m_faults << QStringLiteral("an error dialog: %1").arg(text);
    for (const QString& text : m_warnings)
        m_faults << QStringLiteral("a warning in the log: %1").arg(text);
    write();
    return m_faults.join(u'\n');
}

void Journey::write() const
{
    const QString test = QFileInfo{QCoreApplication::applicationFilePath()}.fileName().remove(QStringLiteral("test."));
    const QJsonObject account{
        {QStringLiteral("id"), m_target.id},
        {QStringLiteral("title"), m_target.title},
        {QStringLiteral("test"), test},
        {QStringLiteral("actionTarget"), m_target.actions},
        {QStringLiteral("actions"), QJsonArray::fromStringList(m_actions)},
        {QStringLiteral("gestures"), m_gestures},
        {QStringLiteral("times"), m_times},
        {QStringLiteral("figures"), m_figures},
        {QStringLiteral("blockTarget"), static_cast<qint64>(m_target.block.count())},
        {QStringLiteral("block"), static_cast<qint64>(m_worst.count())},
        {QStringLiteral("ownBlock"), static_cast<qint64>(m_worstOwn.count())},
        {QStringLiteral("foreignPercent"), m_foreignPercent.value_or(-1)},
        {QStringLiteral("areTimesJudged"), m_foreignPercent.value_or(100) <= foreignPercentForTheClock},
        {QStringLiteral("faults"), QJsonArray::fromStringList(m_faults)},
    };
    QFile file{m_folder.filePath(QStringLiteral("result.json"))};
    if (file.open(QIODevice::WriteOnly))
        file.write(QJsonDocument{account}.toJson());
}

} // namespace castdeck::test
