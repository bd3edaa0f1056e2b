#include "core/engine/stored_outbox.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace castdeck;
using engine::outboxOf;
using webhook::OutboxEntry;

class StoredOutboxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_folder.reset(); }

    void nothingIsMadeBeforeAWebhookNeedsIt();
    void whatWaitsIsThereAgainInItsOrder();
    void oneServerAtATimeUsesIt();
    void aFolderThatIsNotThereIsTold();

private:
    std::shared_ptr<webhook::Outbox> open()
    {
        return outboxOf(m_configuration, [this](const std::string& notice) { m_notice += notice; });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_configuration;
    std::string m_notice;
};

void StoredOutboxTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_configuration = m_folder->filePath("broadcasting.json").toStdString();
    m_notice.clear();
}

void StoredOutboxTest::nothingIsMadeBeforeAWebhookNeedsIt()
{
    const auto outbox = open();
    QVERIFY(QDir{m_folder->path()}.isEmpty());
    QVERIFY(outbox->load()->empty());
    QVERIFY(QFileInfo::exists(m_folder->filePath("broadcasting.webhooks.db")));
}

void StoredOutboxTest::whatWaitsIsThereAgainInItsOrder()
{
    const OutboxEntry held{.id = 1, .stage = OutboxEntry::Stage::Held, .target = "app/a", .text = "{}"};
    const OutboxEntry request{.id = 2,
                              .stage = OutboxEntry::Stage::Request,
                              .target = "app/b",
                              .text = "{\"time_ms\":1}",
                              .key = "app-key",
                              .signature = "0a"};
    const OutboxEntry gone{.id = 3, .stage = OutboxEntry::Stage::Collected, .target = "app/b", .text = "{}"};
    {
        const auto outbox = open();
        QVERIFY(outbox->load()->empty());
        QVERIFY(outbox->write({.added = {request, held, gone}, .removed = {}}));
        QVERIFY(outbox->write({.added = {}, .removed = {gone.id}}));
    }
    QCOMPARE(*open()->load(), (std::vector{held, request}));
    QCOMPARE(m_notice, std::string{});
}

void StoredOutboxTest::oneServerAtATimeUsesIt()
{
    auto first = open();
    QVERIFY(first->load());
    QCOMPARE(m_notice, std::string{});
    const auto second = open();
    QVERIFY(second->load()->empty());
    QVERIFY2(m_notice.find("another server") != std::string::npos, m_notice.c_str());
    QVERIFY(second->write({.added = {{.id = 1, .target = "app/a", .text = "{}"}}, .removed = {}}));
    first.reset();
    m_notice.clear();
    QVERIFY(open()->load()->empty());
    QCOMPARE(m_notice, std::string{});
}

void StoredOutboxTest::aFolderThatIsNotThereIsTold()
{
    m_configuration = m_configuration.parent_path() / "none" / "broadcasting.json";
    QVERIFY(open()->load()->empty());
    QVERIFY2(m_notice.starts_with("Webhooks that wait will not survive a restart"), m_notice.c_str());
}

QTEST_APPLESS_MAIN(StoredOutboxTest)
#include "stored_outbox_test.moc"
