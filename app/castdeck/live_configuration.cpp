#include "app/castdeck/live_configuration.h"

#include "app/castdeck/configuration.h"
#include "core/engine/rule_list.h"
#include "core/engine/server_options.h"
#include "ui/bridge/connections_bridge.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/main_window.h"
#include "ui/pages/auth_rules_tab.h"
#include "ui/pages/authorization_page.h"
#include "ui/pages/config_problem.h"
#include "ui/widgets/notice_bar.h"

#include <QtCore/QCoreApplication>

#include <array>
#include <chrono>
#include <utility>

namespace castdeck::app {

namespace {

const QString mistakesNotice = QStringLiteral("configuration");
const QString restartNotice = QStringLiteral("restart");

/// What people call the part of the configuration that a key is of.
QString partOf(const std::string& key)
{
    struct Part {
        const char* key;
        const char* words;
    };
    static constexpr std::array parts{Part{"server.apps", QT_TRANSLATE_NOOP("LiveConfiguration", "apps")},
                                      Part{"authorize", QT_TRANSLATE_NOOP("LiveConfiguration", "rules")},
                                      Part{"actors", QT_TRANSLATE_NOOP("LiveConfiguration", "actors")},
                                      Part{"connections", QT_TRANSLATE_NOOP("LiveConfiguration", "connections")},
                                      Part{"aliases", QT_TRANSLATE_NOOP("LiveConfiguration", "connections")},
                                      Part{"driverAliases", QT_TRANSLATE_NOOP("LiveConfiguration", "connections")},
                                      Part{"default", QT_TRANSLATE_NOOP("LiveConfiguration", "connections")}};
    for (const Part& part : parts) {
        if (key == part.key)
            return QCoreApplication::translate("LiveConfiguration", part.words);
    }
    return QString::fromStdString(key);
}

QStringList toQt(const std::vector<std::string>& keys)
{
    QStringList list;
    for (const std::string& key : keys)
        list << QString::fromStdString(key);
    return list;
}

engine::Event noticeOf(const QString& sentence)
{
    engine::Event event;
    event.kind = engine::EventKind::ServerNotice;
    event.at = std::chrono::system_clock::now();
    event.detail = sentence.toStdString();
    return event;
}

} // namespace

LiveConfiguration::LiveConfiguration(const Parts& parts, engine::Configuration started)
    : m_parts{parts}
    , m_current{std::move(started)}
    , m_started{engine::serverOptions(m_current.settings())}
    , m_watch{m_current.path()}
{
    connect(&m_watch, &ConfigurationWatch::read, this, &LiveConfiguration::take);
    m_parts.workspace.authorizationPage()->rules()->setControl(this);
    connect(&m_parts.window, &ui::MainWindow::reloadRequested, this, &LiveConfiguration::reload);
}

LiveConfiguration::~LiveConfiguration()
{
    m_parts.workspace.authorizationPage()->rules()->setControl(nullptr);
    delete m_mistakes;
}

void LiveConfiguration::reload()
{
    if (m_started.tls)
        m_parts.server.reloadTls();
    m_watch.readAgain();
}

std::vector<std::string> LiveConfiguration::rules() const
{
    return engine::rulesOf(m_current);
}

QString LiveConfiguration::save(const std::vector<std::string>& rules)
{
    if (auto saved = engine::saveRules(m_current.path(), rules); !saved)
        return QString::fromStdString(saved.error().detail);
    m_watch.readAgain();
    return {};
}

void LiveConfiguration::setStoreNotice(const QString& sentences)
{
    m_storeNotice = sentences;
    showNotices();
}

void LiveConfiguration::take(const engine::Configuration& read)
{
    if (read.hasErrors())
        refuse(sentencesOf(read, store::Severity::Error));
    else
        apply(read);
}

void LiveConfiguration::apply(const engine::Configuration& read)
{
    QStringList changed;
    for (const std::string& key : engine::changedKeys(m_current, read))
        changed << partOf(key);
    changed.removeDuplicates();
    m_current = read;
    const engine::Settings& settings = m_current.settings();
    m_parts.server.reconfigure(engine::serverOptions(settings));
    m_parts.connections.configure(settings.connections);
    m_parts.workspace.setSettings({.apps = settings.base.server.apps,
                                   .authorization = settings.authorization,
                                   .connections = settings.connections});
    m_parts.window.notices().dismiss(mistakesNotice);
    delete m_mistakes;
    showNotices();
    tellChanges(changed, settings);
}

void LiveConfiguration::tellChanges(const QStringList& changed, const engine::Settings& settings)
{
    const QString sentence = changed.isEmpty()
                                 ? tr("The configuration was read again; nothing has changed.")
                                 : tr("The configuration was read again. Changed: %1.").arg(changed.join(u", "));
    m_parts.window.tell(sentence);
    if (!changed.isEmpty())
        m_parts.workspace.addEvents({noticeOf(sentence)}, 0);
    const QStringList waiting = toQt(engine::restartNeeded(m_started, engine::serverOptions(settings)));
    if (waiting.isEmpty())
        m_parts.window.notices().dismiss(restartNotice);
    else
        m_parts.window.notices().tell(
            {.id = restartNotice,
             .text = tr("Changed in the configuration, and used when Castdeck is started again: %1.")
                         .arg(waiting.join(u", "))});
}

void LiveConfiguration::refuse(const QStringList& mistakes)
{
    const QString rest =
        mistakes.size() > 1 ? u' ' + tr("And %n more.", nullptr, static_cast<int>(mistakes.size()) - 1) : QString{};
    QString first = mistakes.front();
    first.remove(QString::fromStdString(m_current.path().parent_path().string() + '/')); // It is long, and known.
    m_parts.window.notices().tell(
        {.id = mistakesNotice,
         .text = tr("The changed configuration is not used; the one before goes on. %1.").arg(first) + rest,
         .action = tr("What is wrong"),
         .act = [this, mistakes] { showMistakes(mistakes); }});
    if (m_mistakes)
        showMistakes(mistakes);
}

void LiveConfiguration::showMistakes(const QStringList& mistakes)
{
    delete m_mistakes;
    std::error_code ignored;
    const bool hasCopy = std::filesystem::exists(store::ConfigFile::goodCopyPath(m_current.path()), ignored);
    m_mistakes =
        new ui::ConfigProblem{QString::fromStdString(m_current.path().string()), mistakes,
                              hasCopy ? ui::ConfigProblem::GoodCopy::OnOffer : ui::ConfigProblem::GoodCopy::None,
                              ui::ConfigProblem::Time::WhileRunning};
    connect(m_mistakes, &ui::ConfigProblem::retryRequested, this, &LiveConfiguration::reload, Qt::QueuedConnection);
    connect(m_mistakes, &ui::ConfigProblem::restoreRequested, this, &LiveConfiguration::restoreCopy,
            Qt::QueuedConnection);
    m_mistakes->show();
    m_mistakes->activateWindow();
}

void LiveConfiguration::restoreCopy()
{
    if (auto restored = restoreGoodCopy(m_current.path()); !restored)
        refuse({QString::fromStdString(restored.error().detail)});
    else
        reload();
}

void LiveConfiguration::showNotices()
{
    QStringList notices =
        sentencesOf(m_current, store::Severity::Warning) + sentencesOf(m_current, store::Severity::Notice);
    if (auto kept = keepGoodCopy(m_current); !kept)
        notices << QString::fromStdString(kept.error().detail);
    m_parts.workspace.setNotice((notices.join(u'\n') + u'\n' + m_storeNotice).trimmed());
}

} // namespace castdeck::app
