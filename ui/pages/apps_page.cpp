#include "ui/pages/apps_page.h"

#include "ui/models/apps_model.h"
#include "ui/models/server_words.h"
#include "ui/pages/app_detail.h"
#include "ui/text/shown_text.h"
#include "ui/text/snippets.h"
#include "ui/theme/curtain.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/first_focus.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

AppsPage::AppsPage(ServerControl& server, std::vector<hub::AppConfig> apps, QWidget* parent)
    : QWidget{parent}
    , m_server{server}
    , m_apps{std::move(apps)}
    , m_state{new Chip{Chip::Use::Information}}
    , m_address{makeLabel({}, TextKind::Head)}
    , m_security{makeLabel({}, TextKind::Hint)}
    , m_notice{makeLabel({}, TextKind::Hint)}
    , m_startStop{makeButton(QStringLiteral("apps.startstop"), tr("Stop"), QStringLiteral("stop"))}
    , m_model{new AppsModel{this}}
    , m_table{new DataTable{QStringLiteral("apps.list"), tr("Apps")}}
    , m_detail{new AppDetail}
{
    setObjectName(QStringLiteral("page.apps"));
    for (QWidget* hidden : std::initializer_list<QWidget*>{m_address, m_security})
        hideBehindCurtain(hidden);
    m_table->setColumnWidths({0, 100});
    m_table->setModel(m_model);
    setFirstFocus(*this, {m_startStop, m_table});
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::page);
    layout->setSpacing(metrics::large);
    layout->addWidget(makeLabel(tr("Apps"), TextKind::Title));
    layout->addWidget(buildServerCard());
    layout->addWidget(buildApps(), 1);
    connect(m_startStop, &QPushButton::clicked, this, [this] {
        const bool isUp = m_snapshot && m_snapshot->server.state == engine::ServerState::Running;
        isUp ? m_server.stopServer() : m_server.startServer();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AppsPage::showSelected);
}

QWidget* AppsPage::buildServerCard()
{
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_address->setFont(codeFont(metrics::headText));
    m_security->setWordWrap(true);
    m_notice->setObjectName(QStringLiteral("apps.notice"));
    m_notice->setWordWrap(true);
    m_notice->hide();
    m_startStop->setMinimumWidth(96);

    auto* first = new QHBoxLayout;
    first->setSpacing(metrics::medium);
    first->addWidget(makeLabel(tr("Local server"), TextKind::Head));
    first->addWidget(m_state);
    first->addStretch();
    auto* words = new QVBoxLayout;
    words->setSpacing(metrics::tiny);
    words->addLayout(first);
    words->addWidget(m_address);
    words->addWidget(m_security);
    words->addWidget(m_notice);
    QFrame* card = makeArea("well");
    auto* layout = new QHBoxLayout{card};
    layout->setContentsMargins(metrics::large, metrics::medium, metrics::large, metrics::medium);
    layout->setSpacing(metrics::large);
    layout->addLayout(words, 1);
    layout->addWidget(m_startStop, 0, Qt::AlignVCenter);
    return card;
}

QWidget* AppsPage::buildApps()
{
    auto* apps = new QWidget;
    auto* layout = new QHBoxLayout{apps};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::page);
    m_table->setFixedWidth(240);
    m_table->setVisible(m_apps.size() > 1);
    layout->addWidget(m_table);
    layout->addWidget(m_detail, 1);
    return apps;
}

void AppsPage::setApps(std::vector<hub::AppConfig> apps)
{
    m_apps = std::move(apps);
    m_table->setVisible(m_apps.size() > 1);
    refresh();
}

void AppsPage::setNotice(const QString& sentences)
{
    m_configurationNotice = sentences;
    if (m_snapshot)
        showNotices();
}

void AppsPage::showNotices()
{
    QStringList lines;
    const engine::ServerSnapshot& server = m_snapshot->server;
    if (server.state == engine::ServerState::Running && m_wantedPort != 0 && server.port != m_wantedPort)
        lines << tr("Port %1 is taken by another program, so the server listens on %2.")
                     .arg(m_wantedPort)
                     .arg(server.port);
    for (const QString& line : m_configurationNotice.split(u'\n', Qt::SkipEmptyParts))
        lines << shownText(toStd(line), 500);
    m_notice->setText(lines.join(u'\n'));
    m_notice->setVisible(!lines.isEmpty());
}

void AppsPage::showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    refresh();
}

void AppsPage::refresh()
{
    if (!isVisible() || !m_snapshot)
        return;
    showServer();
    m_model->setSnapshot(*m_snapshot);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->selectRow(0);
    showSelected();
}

void AppsPage::showServer()
{
    const engine::ServerSnapshot& server = m_snapshot->server;
    const ServerLook look = lookOf(server.state);
    m_state->setText(look.word);
    m_state->setLook(look.icon, look.tone);
    m_address->setText(webSocketAddress(server));
    m_security->setText(server.state == engine::ServerState::Failed ? failureWords(server) : securityWords(server));
    showNotices();
    setStyleProperty(m_security, "textKind",
                     server.state == engine::ServerState::Failed ? QStringLiteral("error") : QStringLiteral("hint"));
    const bool isUp = server.state == engine::ServerState::Running;
    m_startStop->setText(isUp ? tr("Stop") : tr("Start"));
    m_startStop->setAccessibleName(m_startStop->text());
    m_startStop->setIcon(icon(isUp ? QStringLiteral("stop") : QStringLiteral("play")));
    m_startStop->setEnabled(server.state != engine::ServerState::Starting &&
                            server.state != engine::ServerState::Stopping);
}

void AppsPage::showSelected()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid() || !m_snapshot)
        return;
    const std::string& id = m_model->rowAt(index.row()).id;
    const auto config = std::ranges::find(m_apps, id, &hub::AppConfig::id);
    const auto state = std::ranges::find(m_snapshot->apps, id, &engine::AppSnapshot::id);
    if (config != m_apps.end() && state != m_snapshot->apps.end())
        m_detail->showApp(*config, *state, m_snapshot->server);
}

void AppsPage::copyListeningCode()
{
    if (m_apps.empty() || !m_snapshot)
        return;
    const engine::ServerSnapshot& server = m_snapshot->server;
    QGuiApplication::clipboard()->setText(
        pusherJsSnippet(m_apps.front(), {.host = server.address, .port = server.port, .isTls = server.isTls}));
}

void AppsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

} // namespace castdeck::ui
