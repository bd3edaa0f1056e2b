#include "app/castdeck/sample_authorization.h"
#include "app/castdeck/tour_stage.h"
#include "core/remote/builtin_endpoint.h"
#include "ui/models/matrix_model.h"
#include "ui/models/persona.h"
#include "ui/pages/auth_matrix_tab.h"
#include "ui/pages/auth_personas_tab.h"
#include "ui/pages/auth_result_view.h"
#include "ui/pages/auth_rules_tab.h"
#include "ui/pages/authorization_page.h"
#include "ui/pages/trial_panel.h"

#include <QtCore/QString>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QPushButton>

#include <algorithm>
#include <chrono>

namespace castdeck::app {

using namespace std::chrono_literals;
using remote::Expectation;
using ui::AuthorizationPage;

namespace {

constexpr const char* channel = "private-orders.1042";

hub::AppConfig sampleApp()
{
    hub::AppConfig app;
    app.id = "demo";
    app.key = "demo-key";
    app.secret = "only-for-pictures";
    return app;
}

remote::EndpointTrial trialOf(const remote::EndpointReply& reply)
{
    remote::EndpointTrial trial;
    trial.question = {channel, "184467120.291036481"};
    trial.askedBy = "Ben Okafor";
    trial.request = "POST (the built-in endpoint)\nContent-Type: application/x-www-form-urlencoded\n\n"
                    "socket_id=184467120.291036481&channel_name=private-orders.1042";
    trial.httpStatus = reply.answer.status;
    trial.time = 12ms;
    trial.report = judge(trial.question, reply, remote::knownApps({sampleApp()}));
    trial.report.at(remote::Check::Reachable).time = 9ms;
    trial.answerHead = remote::shownHead(reply.answer, {});
    trial.answerBody = remote::shownBody(reply.answer, {});
    return trial;
}

void showDenied(AuthorizationPage& page)
{
    const auto& personas = page.personaBook().personas();
    const auto ben = std::ranges::find(personas, "ben", &remote::Persona::id);
    if (ben == personas.end())
        return;
    const remote::BuiltinEndpoint endpoint{sampleAuthorization(), {sampleApp()}, personas};
    page.trial()->showTrial(trialOf(endpoint.ask({}, {channel, "184467120.291036481"}, *ben)));
}

void showWrongSignature(AuthorizationPage& page)
{
    remote::EndpointReply reply;
    reply.answer.status = 200;
    reply.answer.headers = {{"Content-Type", "application/json"}};
    const std::string text = std::string{"184467120.291036481:"} + channel + "\n";
    reply.answer.body = "{\"auth\":\"demo-key:" + pusher::Signer{"", sampleApp().secret}.sign(text) + "\"}";
    remote::EndpointTrial trial = trialOf(reply);
    trial.address = "http://127.0.0.1:8000/broadcasting/auth";
    page.trial()->setEndpoint(QStringLiteral("http://127.0.0.1:8000/broadcasting/auth"));
    page.trial()->showTrial(trial);
}

void fillMatrix(AuthorizationPage& page)
{
    page.matrix()->fill();
    ui::MatrixModel& model = *page.matrix()->model();
    const remote::PermissionMatrix& matrix = model.matrix();
    const remote::BuiltinEndpoint endpoint{sampleAuthorization(), {sampleApp()}, matrix.personas};
    model.beginRun(matrix.cells());
    for (const remote::MatrixCell cell : matrix.cells()) {
        const remote::EndpointQuestion question{matrix.channels[cell.channel], "1234.5678"};
        const auto report = judge(question, endpoint.ask({}, question, matrix.personas[cell.persona]), {});
        model.setResult(cell, {report.outcome(), report.explanation()});
    }
    model.endRun();
    model.setExpectation(model.index(0, 0), Expectation::Allow);
    model.setExpectation(model.index(1, 0), Expectation::Allow);
    model.setExpectation(model.index(1, 1), Expectation::Deny);
    model.setExpectation(model.index(2, 0), Expectation::Allow);
    if (auto* table = page.findChild<QAbstractItemView*>(QStringLiteral("auth.matrix.table")))
        table->setCurrentIndex(model.index(1, 0)); // The cell that is not as expected says why.
}

/// With what changes them, as in the window of one's own server.
Scene rulesScene(const char* name, std::function<void(Stage&)> arrange, Before before = Before::Morning)
{
    return scene(
        name, ui::MainWindow::Authorization,
        [arrange = std::move(arrange)](Stage& stage) {
            static SampleRules rules;
            AuthorizationPage& page = *stage.window.authorizationPage();
            page.showTab(AuthorizationPage::Rules);
            page.rules()->setControl(&rules);
            page.rules()->ask("ben", QString::fromLatin1(channel));
            arrange(stage);
        },
        before);
}

/// A tab of the auth lab, where Ben asks for somebody's order.
Scene labScene(const char* name, AuthorizationPage::Tab tab, std::function<void(AuthorizationPage&)> arrange,
               Before before = Before::Morning)
{
    return scene(
        name, ui::MainWindow::Authorization,
        [tab, arrange = std::move(arrange)](Stage& stage) {
            AuthorizationPage& page = *stage.window.authorizationPage();
            page.trial()->setActor(QStringLiteral("ben"));
            page.trial()->setChannel(QString::fromLatin1(channel));
            page.showTab(tab);
            arrange(page);
        },
        before);
}

Scene deniedScene(const char* name, ui::AuthResultView::Tab tab)
{
    return labScene(name, AuthorizationPage::Try, [tab](AuthorizationPage& page) {
        showDenied(page);
        page.trial()->result()->showTab(tab);
    });
}

void showOptions(AuthorizationPage& page)
{
    showDenied(page);
    if (auto* more = page.findChild<QPushButton*>(QStringLiteral("auth.try.more")))
        more->setChecked(true);
}

} // namespace

std::vector<Scene> authorizationScenes()
{
    using ui::AuthResultView;
    const auto nothing = [](AuthorizationPage&) {};
    return {
        deniedScene("auth", AuthResultView::Steps),
        deniedScene("auth-request", AuthResultView::Request),
        deniedScene("auth-answer", AuthResultView::Answer),
        labScene("auth-signature", AuthorizationPage::Try,
                 [](AuthorizationPage& page) {
                     showWrongSignature(page);
                     page.trial()->result()->showTab(AuthResultView::Signature);
                 }),
        labScene("auth-options", AuthorizationPage::Try, showOptions),
        rulesScene("auth-rules", [](Stage&) {}),
        rulesScene("auth-rules-form", [](Stage& stage) { stage.press("auth.rules.edit"); }),
        rulesScene("auth-rules-empty", [](Stage& stage) { stage.window.authorizationPage()->setConfiguration({}); }),
        labScene("auth-matrix", AuthorizationPage::Matrix, fillMatrix),
        labScene("auth-matrix-empty", AuthorizationPage::Matrix, nothing),
        labScene("auth-personas", AuthorizationPage::Personas,
                 [](AuthorizationPage& page) { page.personas()->choose("ben"); }),
        labScene("auth-decisions", AuthorizationPage::Decisions, nothing),
        labScene("auth-decisions-empty", AuthorizationPage::Decisions, nothing, Before::Nothing),
        scene("auth-empty", ui::MainWindow::Authorization, {}, Before::Nothing),
    };
}

} // namespace castdeck::app
