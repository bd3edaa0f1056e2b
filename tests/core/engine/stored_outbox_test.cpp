#include "core/engine/stored_outbox.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace castdeck;
using engine::openOutbox;
using webhook::OutboxEntry;

class StoredOutboxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_folder.reset(); }

    void whatWaitsIsThereAgainInItsOrder();
    void oneServerAtATimeUsesIt();
    void aFolderThatIsNotThereIsTold();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_configuration;
};

void StoredOutboxTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_configuration = m_folder->filePath("broadcasting.json").toStdString();
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
    std::string notice;
    {
        const auto outbox = openOutbox(m_configuration, notice);
        QVERIFY2(outbox != nullptr, notice.c_str());
        QVERIFY(outbox->write({.added = {request, held, gone}, .removed = {}}));
        QVERIFY(outbox->write({.added = {}, .removed = {gone.id}}));
    }
    const QString file = m_folder->filePath("broadcasting.webhooks.db");
    QVERIFY(QFileInfo::exists(file));
    const auto again = openOutbox(m_configuration, notice);
    QVERIFY2(again != nullptr && notice.empty(), notice.c_str());
    QCOMPARE(*again->load(), (std::vector{held, request}));
}

void StoredOutboxTest::oneServerAtATimeUsesIt()
{
    std::string notice;
    auto first = openOutbox(m_configuration, notice);
    QVERIFY2(first != nullptr && notice.empty(), notice.c_str());
    QCOMPARE(openOutbox(m_configuration, notice), nullptr);
    QVERIFY2(notice.find("another server") != std::string::npos, notice.c_str());
    first.reset();
    notice.clear();
    QVERIFY(openOutbox(m_configuration, notice) != nullptr);
    QVERIFY2(notice.empty(), notice.c_str());
}

void StoredOutboxTest::aFolderThatIsNotThereIsTold()
{
    std::string notice;
    QCOMPARE(openOutbox(m_configuration.parent_path() / "none" / "broadcasting.json", notice), nullptr);
    QVERIFY2(notice.starts_with("Webhooks that wait will not survive a restart"), notice.c_str());
}

QTEST_APPLESS_MAIN(StoredOutboxTest)
#include "stored_outbox_test.moc"
