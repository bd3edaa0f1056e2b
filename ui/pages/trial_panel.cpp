#include "ui/pages/trial_panel.h"

#include "core/base/ascii.h"
#include "core/pusher/signature.h"
#include "ui/pages/auth_persona_box.h"
#include "ui/pages/auth_result_view.h"
#include "ui/text/header_lines.h"
#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/choice_boxes.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/form_fields.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace castdeck::ui {

namespace {

constexpr int formWidth = 340;
constexpr int headerLinesShown = 3;
constexpr std::size_t maxSocketIds = 500; ///< To guess with.

QComboBox* makeChoice(const char* name, const QString& accessibleName)
{
    auto* choice = new QComboBox;
    choice->setObjectName(QLatin1String{name});
    choice->setAccessibleName(accessibleName);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(8);
    return choice;
}

bool isHttpAddress(const QString& text)
{
    const QUrl url{text, QUrl::StrictMode};
    const bool isHttp = url.scheme() == QLatin1String{"http"} || url.scheme() == QLatin1String{"https"};
    return url.isValid() && isHttp && !url.host().isEmpty();
}

} // namespace

TrialPanel::TrialPanel(ServerControl& server, const std::vector<hub::AppConfig>& apps, PersonaBook& book,
                       QWidget* parent)
    : QWidget{parent}
    , m_server{server}
    , m_apps{apps}
    , m_book{book}
    , m_app{makeChoice("auth.try.app", tr("App"))}
    , m_appField{new QWidget}
    , m_persona{new PersonaBox{book, QStringLiteral("auth.try.persona"), tr("Who asks")}}
    , m_channel{makeField("auth.try.channel", tr("Channel"), tr("private-orders.5"))}
    , m_endpoint{makeField("auth.try.url", tr("Endpoint"), tr("Built-in, or the URL of yours"))}
    , m_more{makeButton(QStringLiteral("auth.try.more"), tr("More of the request"), QStringLiteral("chevron-right"),
                        ButtonKind::Flat)}
    , m_options{new QWidget}
    , m_method{makeChoice("auth.try.method", tr("Method"))}
    , m_socket{makeField("auth.try.socket", tr("Socket id"), tr("its own"))}
    , m_headers{makeLines("auth.try.headers", tr("Headers"), tr("Name: value, one in each line"), headerLinesShown)}
    , m_cookies{makeField("auth.try.cookies", tr("Cookies"), tr("laravel_session=…; XSRF-TOKEN=…"))}
    , m_parameters{makeField("auth.try.parameters", tr("More parameters"), tr("tenant=blue&lang=en"))}
    , m_csrfPage{makeField("auth.try.csrf", tr("Page with the CSRF token"), tr("http://127.0.0.1:8000/login"))}
    , m_problem{makeLabel({}, TextKind::Error)}
    , m_run{makeButton(QStringLiteral("auth.try.run"), tr("Run"), QStringLiteral("play"), ButtonKind::Primary)}
    , m_cancel{makeButton(QStringLiteral("auth.try.cancel"), tr("Cancel"))}
    , m_result{new AuthResultView}
{
    setObjectName(QStringLiteral("auth.try"));
    for (QWidget* hidden : std::initializer_list<QWidget*>{m_endpoint, m_headers, m_cookies})
        hideBehindCurtain(hidden);
    m_method->addItems({QStringLiteral("POST"), QStringLiteral("GET")});
    m_more->setProperty("kind", QStringLiteral("fold"));
    m_endpoint->setClearButtonEnabled(true);
    setFocusProxy(m_channel);
    build();
    for (QLineEdit* field : {m_channel, m_endpoint, m_socket, m_cookies, m_parameters, m_csrfPage})
        connect(field, &QLineEdit::returnPressed, this, &TrialPanel::run);
    m_result->showNothing(
        tr("One request, twelve checks"),
        tr("Choose who asks for which channel, and press F5. The first check that fails is opened and "
           "says why."));
    setRunning(false);
}

void TrialPanel::build()
{
    auto* side = new QWidget;
    auto* sideLayout = new QVBoxLayout{side};
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->setSpacing(0);
    auto* scroll = new QScrollArea;
    scroll->setWidget(buildForm());
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    sideLayout->addWidget(scroll, 1);
    sideLayout->addWidget(makeArea("line"));
    sideLayout->addLayout(buildActions());
    side->setFixedWidth(formWidth);

    QFrame* panel = makeArea("panel");
    auto* panelLayout = new QVBoxLayout{panel};
    panelLayout->setContentsMargins(1, 0, 0, 0);
    panelLayout->addWidget(m_result);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(side);
    layout->addWidget(panel, 1);
}

QWidget* TrialPanel::buildForm()
{
    auto* form = new QWidget;
    auto* layout = new QVBoxLayout{form};
    layout->setContentsMargins(metrics::page, metrics::large, metrics::page, metrics::medium);
    layout->setSpacing(metrics::tiny);
    addField(layout, tr("Who asks"), m_persona);
    addField(layout, tr("Channel"), m_channel);
    addField(layout, tr("Endpoint"), m_endpoint);
    auto* app = new QVBoxLayout{m_appField};
    app->setContentsMargins(0, 0, 0, 0);
    app->setSpacing(metrics::tiny);
    addField(app, tr("App"), m_app);
    layout->addWidget(m_appField);
    setApps(m_apps);
    m_more->setCheckable(true);
    auto* more = new QHBoxLayout;
    more->setContentsMargins(-metrics::medium - 1, 0, 0, 0); // Its icon stands below the fields, not its padding.
    more->addWidget(m_more);
    more->addStretch();
    layout->addLayout(more);
    layout->addWidget(buildOptions());
    layout->addStretch();
    m_options->hide();
    connect(m_more, &QPushButton::toggled, this, [this](bool isOpen) {
        m_options->setVisible(isOpen);
        m_more->setIcon(icon(isOpen ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    });
    return form;
}

QWidget* TrialPanel::buildOptions()
{
    auto* layout = new QVBoxLayout{m_options};
    layout->setContentsMargins(0, metrics::tiny, 0, 0);
    layout->setSpacing(metrics::tiny);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::medium);
    auto* left = new QVBoxLayout;
    auto* right = new QVBoxLayout;
    left->setSpacing(metrics::tiny);
    right->setSpacing(metrics::tiny);
    addField(left, tr("Method"), m_method);
    addField(right, tr("Socket id"), m_socket);
    row->addLayout(left, 2);
    row->addLayout(right, 3);
    layout->addLayout(row);
    addField(layout, tr("Headers, besides those of the persona"), m_headers);
    addField(layout, tr("Cookies"), m_cookies);
    addField(layout, tr("More parameters"), m_parameters);
    addField(layout, tr("Take the CSRF token from this page"), m_csrfPage);
    return m_options;
}

QLayout* TrialPanel::buildActions()
{
    m_run->setToolTip(tr("Ask the authorization endpoint (F5)"));
    m_problem->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("auth.try.problem"));
    m_problem->hide();
    connect(m_run, &QPushButton::clicked, this, &TrialPanel::run);
    connect(m_cancel, &QPushButton::clicked, this, &TrialPanel::cancel);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::small);
    buttons->addWidget(makeLabel(tr("F5 runs it"), TextKind::Hint));
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_run);
    auto* actions = new QVBoxLayout;
    actions->setContentsMargins(metrics::page, metrics::medium, metrics::page, metrics::medium);
    actions->setSpacing(metrics::small);
    actions->addWidget(m_problem);
    actions->addLayout(buttons);
    return actions;
}

void TrialPanel::setApps(const std::vector<hub::AppConfig>& apps)
{
    m_apps = apps;
    showApps(*m_app, m_apps);
    m_appField->setVisible(m_apps.size() > 1);
}

void TrialPanel::setConfiguration(const auth::AuthorizationConfig& config)
{
    m_config = config;
}

void TrialPanel::setServer(const QUrl& socketUrl)
{
    m_namedServer = socketUrl;
}

void TrialPanel::showSnapshot(const engine::Snapshot& snapshot)
{
    m_embedded.reset();
    m_socketIds.clear();
    if (snapshot.server.state != engine::ServerState::Running)
        return;
    remote::PusherEndpoint server;
    const std::string& listen = snapshot.server.address;
    server.socketHost = listen == "0.0.0.0" || listen == "*" ? "127.0.0.1" : listen == "::" ? "::1" : listen;
    server.port = snapshot.server.port;
    server.usesTls = snapshot.server.isTls;
    m_embedded = server;
    for (const engine::ConnectionSnapshot& connection : snapshot.connections) {
        if (m_socketIds.size() < maxSocketIds)
            m_socketIds.push_back(connection.socketId);
    }
}

void TrialPanel::setChannel(const QString& channel)
{
    m_channel->setText(channel);
}

void TrialPanel::setActor(const QString& id)
{
    m_persona->choose(toStd(id));
}

void TrialPanel::setEndpoint(const QString& url)
{
    m_endpoint->setText(url);
}

void TrialPanel::say(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void TrialPanel::setRunning(bool isRunning)
{
    m_cancel->setVisible(isRunning);
    m_run->setEnabled(!isRunning);
}

/// Nothing, and it is said, when a field is wrong.
std::optional<remote::EndpointTarget> TrialPanel::readTarget(const Persona& persona)
{
    const HeaderLines lines = parseHeaderLines(m_headers->toPlainText());
    const QString url = m_endpoint->text().trimmed();
    const QString page = m_csrfPage->text().trimmed();
    say(lines.problem);
    if (lines.problem.isEmpty() && !url.isEmpty() && !isHttpAddress(url))
        say(tr("The endpoint is an address such as http://127.0.0.1:8000/broadcasting/auth, or empty."));
    else if (lines.problem.isEmpty() && !page.isEmpty() && !isHttpAddress(page))
        say(tr("The page with the CSRF token is an address such as http://127.0.0.1:8000/login, or empty."));
    if (!m_problem->isHidden())
        return std::nullopt;
    remote::EndpointTarget target;
    target.url = toStd(url);
    target.method = toStd(m_method->currentText());
    target.csrfPage = toStd(page);
    target.headers = persona.headers;
    for (const http::Header& header : lines.headers) {
        std::erase_if(target.headers,
                      [&](const http::Header& own) { return equalsIgnoringCase(own.name, header.name); });
        target.headers.push_back(header);
    }
    const std::string cookies = toStd(m_cookies->text().trimmed());
    if (const std::string& chosen = cookies.empty() ? persona.cookies : cookies; !chosen.empty())
        target.headers.push_back({"Cookie", chosen});
    target.parameters = pusher::parseQuery(toStd(m_parameters->text().trimmed()));
    return target;
}

remote::ProbeOptions TrialPanel::probeOptions() const
{
    const std::string appId = toStd(m_app->currentData().toString());
    remote::ProbeOptions options{.apps = remote::knownApps(m_apps, appId), .server = m_namedServer};
    options.socketIds = m_socketIds;
    if (options.server.isEmpty() && m_embedded && !options.apps.empty()) {
        remote::PusherEndpoint server = *m_embedded;
        server.key = options.apps.front().key;
        options.server = server.socketUrl();
    }
    return options;
}

void TrialPanel::run()
{
    const Persona persona = m_persona->persona();
    const auto target = readTarget(persona);
    if (!target)
        return;
    Q_EMIT started();
    m_result->showNothing(tr("Asking…"), tr("Esc cancels."));
    setRunning(true);
    const remote::EndpointQuestion question{toStd(m_channel->text().trimmed()), toStd(m_socket->text().trimmed())};
    const auto builtIn = [this, target = *target, persona](const remote::EndpointQuestion& asked,
                                                           std::function<void(remote::EndpointReply)> done) {
        askBuiltIn(target, asked, persona, std::move(done));
    };
    m_probe.run(*target, question, probeOptions(), builtIn,
                [this, name = toStd(nameOf(persona))](remote::EndpointTrial trial) {
                    trial.askedBy = name;
                    setRunning(false);
                    showTrial(trial);
                    Q_EMIT finished();
                });
}

void TrialPanel::askBuiltIn(const remote::EndpointTarget& target, const remote::EndpointQuestion& question,
                            const Persona& persona, std::function<void(remote::EndpointReply)> done)
{
    const std::string appId = toStd(m_app->currentData().toString());
    if (m_config.forwardUrl.empty()) {
        const remote::BuiltinEndpoint endpoint{m_config, m_apps, m_book.personas()};
        return done(endpoint.ask(target, question, persona, appId));
    }
    m_forwarded = std::move(done);
    engine::AuthorizationTrial trial;
    trial.appId = appId;
    trial.channel = question.channel;
    trial.socketId = question.socketId;
    trial.actorId = persona.isAnonymous ? std::string{} : persona.id;
    trial.headers = target.headers;
    m_asked = m_server.authorize(std::move(trial));
}

void TrialPanel::showVerdict(const engine::AuthorizationVerdict& verdict)
{
    if (verdict.commandId != m_asked || !m_forwarded)
        return;
    remote::EndpointReply reply;
    reply.answer.status = verdict.httpStatus;
    reply.answer.headers = {{"Content-Type", "application/json"}};
    reply.answer.body = verdict.body;
    reply.explanation = verdict.decision.explanation;
    std::exchange(m_forwarded, {})(reply);
}

void TrialPanel::cancel()
{
    if (!m_probe.isRunning())
        return;
    m_probe.cancel();
    m_forwarded = {};
    setRunning(false);
    m_result->showNothing(tr("Cancelled"), tr("The endpoint had not answered yet."));
}

/// While something is asked, Escape is for that before it is for the window.
bool TrialPanel::event(QEvent* event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!isKey || !m_probe.isRunning() || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape)
        return QWidget::event(event);
    event->accept();
    if (event->type() == QEvent::KeyPress)
        cancel();
    return true;
}

void TrialPanel::showTrial(const remote::EndpointTrial& trial)
{
    m_result->showTrial(trial);
}

} // namespace castdeck::ui
