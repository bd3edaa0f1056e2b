#include "ui/pages/trial_panel.h"

#include "ui/text/header_lines.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/decision_view.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int headerLinesShown = 3;

QComboBox* makeChoice(const char* name, const QString& accessibleName)
{
    auto* choice = new QComboBox;
    choice->setObjectName(QLatin1String{name});
    choice->setAccessibleName(accessibleName);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(8);
    return choice;
}

QString actorItem(const auth::Actor& actor)
{
    const QString id = shownText(actor.id, 64);
    const QString who = actor.name.empty() ? id : TrialPanel::tr("%1 (%2)").arg(shownText(actor.name, 64), id);
    return actor.roles.empty() ? who : TrialPanel::tr("%1, %2").arg(who, shownText(actor.roles.front(), 64));
}

} // namespace

TrialPanel::TrialPanel(ServerControl& server, const std::vector<hub::AppConfig>& apps,
                       const std::vector<auth::Actor>& actors, QWidget* parent)
    : QFrame{parent}
    , m_server{server}
    , m_app{makeChoice("auth.try.app", tr("App"))}
    , m_actor{makeChoice("auth.try.actor", tr("Who asks"))}
    , m_channel{new QLineEdit}
    , m_socket{new QLineEdit{QStringLiteral("1234.5678")}}
    , m_headers{new QPlainTextEdit}
    , m_problem{makeLabel({}, TextKind::Error)}
    , m_result{new DecisionView}
{
    setObjectName(QStringLiteral("auth.try"));
    setProperty("area", QStringLiteral("panel"));
    for (const hub::AppConfig& app : apps)
        m_app->addItem(shownText(app.name.empty() ? app.id : app.name, 64), toQt(app.id));
    m_actor->addItem(tr("Anonymous"), QString{});
    for (const auth::Actor& actor : actors)
        m_actor->addItem(actorItem(actor), toQt(actor.id));
    m_channel->setObjectName(QStringLiteral("auth.try.channel"));
    m_channel->setAccessibleName(tr("Channel"));
    m_channel->setPlaceholderText(tr("private-orders.5"));
    m_socket->setObjectName(QStringLiteral("auth.try.socket"));
    m_socket->setAccessibleName(tr("Socket id"));
    m_headers->setObjectName(QStringLiteral("auth.try.headers"));
    m_headers->setAccessibleName(tr("Headers"));
    m_headers->setPlaceholderText(tr("Name: value, one in each line"));
    m_headers->setFont(codeFont());
    m_headers->setTabChangesFocus(true);
    m_headers->document()->setDocumentMargin(metrics::small); // As fields have.
    m_headers->setFixedHeight(headerLinesShown * m_headers->fontMetrics().lineSpacing() + 2 * metrics::small + 2);
    m_problem->setWordWrap(true);
    m_problem->hide();
    setFocusProxy(m_channel);
    build();
    connect(m_channel, &QLineEdit::returnPressed, this, &TrialPanel::run);
    m_result->showNothing(tr("The answer, and why it is so, is told here. Nothing is subscribed by a try."));
}

void TrialPanel::build()
{
    QPushButton* run =
        makeButton(QStringLiteral("auth.try.run"), tr("Try"), QStringLiteral("play"), ButtonKind::Primary);
    run->setToolTip(tr("Ask the authorization endpoint (F5)"));
    connect(run, &QPushButton::clicked, this, &TrialPanel::run);
    auto* actions = new QHBoxLayout;
    actions->addWidget(m_problem, 1);
    actions->addStretch();
    actions->addWidget(run);

    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::page, metrics::page + 2, metrics::page, metrics::large);
    layout->setSpacing(metrics::medium);
    layout->addWidget(makeLabel(tr("Try it"), TextKind::Head));
    layout->addWidget(buildForm());
    layout->addLayout(actions);
    layout->addWidget(makeArea("line"));
    layout->addWidget(m_result, 1);
}

QWidget* TrialPanel::buildForm()
{
    auto* form = new QWidget;
    auto* grid = new QGridLayout{form};
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::medium);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);
    for (const int gap : {2, 5})
        grid->setRowMinimumHeight(gap, metrics::tiny);
    const auto add = [grid](const QString& caption, QWidget* field, int row, int column, int columns = 1) {
        QLabel* label = makeLabel(caption, TextKind::Label);
        label->setBuddy(field);
        grid->addWidget(label, row, column, 1, columns);
        grid->addWidget(field, row + 1, column, 1, columns);
    };
    const bool hasApps = m_app->count() > 1;
    add(tr("Who asks"), m_actor, 0, 0, hasApps ? 1 : 2);
    m_app->setParent(form);
    m_app->setVisible(hasApps);
    if (hasApps)
        add(tr("App"), m_app, 0, 1);
    add(tr("Channel"), m_channel, 3, 0);
    add(tr("Socket id"), m_socket, 3, 1);
    add(tr("Headers"), m_headers, 6, 0, 2);
    return form;
}

void TrialPanel::setChannel(const QString& channel)
{
    m_channel->setText(channel);
}

void TrialPanel::setActor(const QString& id)
{
    if (const int index = m_actor->findData(id); index >= 0)
        m_actor->setCurrentIndex(index);
}

void TrialPanel::run()
{
    const HeaderLines lines = parseHeaderLines(m_headers->toPlainText());
    m_problem->setText(lines.problem);
    m_problem->setVisible(!lines.problem.isEmpty());
    if (!lines.problem.isEmpty())
        return;
    engine::AuthorizationTrial trial;
    trial.appId = toStd(m_app->currentData().toString());
    trial.channel = toStd(m_channel->text().trimmed());
    trial.socketId = toStd(m_socket->text().trimmed());
    trial.actorId = toStd(m_actor->currentData().toString());
    trial.headers = lines.headers;
    m_result->showNothing(tr("Asking…"));
    m_asked = m_server.authorize(std::move(trial));
}

void TrialPanel::showVerdict(const engine::AuthorizationVerdict& verdict)
{
    if (verdict.commandId == m_asked)
        m_result->showVerdict(verdict);
}

void TrialPanel::showDecision(const engine::Decision& decision)
{
    m_result->showDecision(decision);
}

} // namespace castdeck::ui
