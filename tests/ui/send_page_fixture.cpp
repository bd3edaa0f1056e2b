#include "tests/ui/send_page_fixture.h"

#include "ui/pages/board_pane.h"
#include "ui/widgets/composer.h"

#include <QtTest/QTest>

#include <chrono>
#include <utility>

namespace castdeck::test {

using namespace ui;

Profile SendPageFixture::local()
{
    Profile profile;
    profile.id = Profile::localId;
    profile.name = QStringLiteral("This computer");
    profile.kind = Profile::Kind::Embedded;
    return profile;
}

Profile SendPageFixture::production()
{
    Profile profile = local();
    profile.id = "prod";
    profile.name = QStringLiteral("Prod");
    profile.isProduction = true;
    profile.color = Profile::Color::Red;
    return profile;
}

void SendPageFixture::openPage()
{
    m_theme = std::make_unique<Theme>();
    m_server = {};
    m_documents = {};
    open(local());
}

void SendPageFixture::closePage()
{
    m_page.reset();
    m_theme.reset();
}

void SendPageFixture::open(Profile profile)
{
    m_page = std::make_unique<SendPage>(m_server, m_server, m_documents, sampleSettings(), std::move(profile));
    m_theme->dress(*m_page);
    m_page->resize(1'090, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->showSnapshot(runningSnapshot());
    m_page->setFocus();
}

void SendPageFixture::addMaintenance()
{
    m_page->board()->templates().add(sampleTemplates().front());
}

void SendPageFixture::fill(const QString& channels, const QString& event, const std::string& payload)
{
    m_page->composer()->setDraft({channels, event, payload, PayloadMode::Json});
}

void SendPageFixture::accept(std::uint64_t id, std::size_t receivers)
{
    m_page->showOutcome({.commandId = id,
                         .isAccepted = true,
                         .error = {},
                         .channels = {{"alerts", receivers}},
                         .duration = std::chrono::milliseconds{4}});
}

} // namespace castdeck::test
