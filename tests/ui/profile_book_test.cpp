#include "ui/models/profile_book.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace castdeck;
using namespace castdeck::ui;
using namespace std::chrono_literals;

namespace {

Profile reverb()
{
    Profile profile;
    profile.name = QStringLiteral("Staging");
    profile.scheme = QStringLiteral("http");
    profile.host = QStringLiteral("reverb.example.test");
    profile.port = 8080;
    profile.path = QStringLiteral("/live");
    profile.appId = QStringLiteral("7");
    profile.key = QStringLiteral("key-7");
    profile.origin = QStringLiteral("https://app.example.test");
    profile.pinnedCertificate = "aa11";
    return profile;
}

QStringList namesOf(const ProfileBook& book)
{
    QStringList names;
    for (const KeptProfile& kept : book.all())
        names.append(kept.profile.name);
    return names;
}

} // namespace

class ProfileBookTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theLocalServerIsAlwaysThere();
    void aProfileIsFoundAgainByALaterRun();
    void theOrderIsKept();
    void theLatestUsedComesFirst();
    void aProfileKeepsItsColourAndTheNextHasAnother();
    void whatCannotBeReadIsLeftAlone();
    void oneWithoutANameIsCalledByItsAddress();
};

void ProfileBookTest::theLocalServerIsAlwaysThere()
{
    MemoryDocuments documents;
    ProfileBook book{documents};
    QCOMPARE(book.all().size(), std::size_t{1});
    QVERIFY(book.find(Profile::localId)->kind == Profile::Kind::Embedded);
    book.remove(Profile::localId);
    QVERIFY(book.find(Profile::localId) != nullptr);
    Profile renamed = *book.find(Profile::localId);
    renamed.name = QStringLiteral("Mine");
    renamed.kind = Profile::Kind::Pusher;
    book.update(renamed);
    const ProfileBook later{documents};
    QCOMPARE(later.find(Profile::localId)->name, QStringLiteral("Mine"));
    QVERIFY(later.find(Profile::localId)->kind == Profile::Kind::Embedded);
}

void ProfileBookTest::aProfileIsFoundAgainByALaterRun()
{
    MemoryDocuments documents;
    ProfileBook book{documents};
    QSignalSpy changes{&book, &ProfileBook::changed};
    const std::string id = book.add(reverb());
    QCOMPARE(changes.count(), 1);
    const Profile written = *book.find(id);
    QVERIFY(*ProfileBook{documents}.find(id) == written);
    QCOMPARE(written.host, QStringLiteral("reverb.example.test"));
    book.remove(id);
    QVERIFY(ProfileBook{documents}.find(id) == nullptr);
}

void ProfileBookTest::theOrderIsKept()
{
    MemoryDocuments documents;
    ProfileBook book{documents};
    Profile profile = reverb();
    book.add(profile);
    profile.name = QStringLiteral("Second");
    const std::string second = book.add(profile);
    book.move(second, 0);
    const QStringList expected{QStringLiteral("Second"), QStringLiteral("Local server"), QStringLiteral("Staging")};
    QCOMPARE(namesOf(book), expected);
    QCOMPARE(namesOf(ProfileBook{documents}), expected);
}

void ProfileBookTest::theLatestUsedComesFirst()
{
    MemoryDocuments documents;
    ProfileBook book{documents};
    const std::string first = book.add(reverb());
    const std::string second = book.add(reverb());
    QVERIFY(book.recent(3).empty());
    book.markUsed(first, WallTime{} + 20s);
    book.markUsed(second, WallTime{} + 10s);
    const auto recent = ProfileBook{documents}.recent(5);
    QCOMPARE(recent.size(), std::size_t{2});
    QCOMPARE(recent[0].id, first);
    QCOMPARE(book.recent(1).size(), std::size_t{1});
}

void ProfileBookTest::aProfileKeepsItsColourAndTheNextHasAnother()
{
    MemoryDocuments documents;
    ProfileBook book{documents};
    Profile profile = reverb();
    for (int i = 0; i < 4; ++i) {
        profile.color = book.freeColor();
        QVERIFY(profile.color != Profile::Color::Red);
        for (const KeptProfile& other : book.all())
            QVERIFY(other.profile.color != profile.color);
        book.add(profile);
    }
    profile.color = Profile::Color::Red;
    QVERIFY(book.find(book.add(profile))->color == Profile::Color::Red);
}

void ProfileBookTest::whatCannotBeReadIsLeftAlone()
{
    MemoryDocuments documents;
    documents.put(ProfileBook::collection, "odd", "[1]");
    documents.put(ProfileBook::collection, "wrong", R"({"port":"x","scheme":7,"color":"pink"})");
    ProfileBook book{documents};
    QCOMPARE(book.all().size(), std::size_t{2});
    QCOMPARE(book.find("wrong")->port, std::uint16_t{443});
    book.add(reverb());
    QVERIFY(documents.find(ProfileBook::collection, "odd").has_value());
}

void ProfileBookTest::oneWithoutANameIsCalledByItsAddress()
{
    MemoryDocuments documents;
    ProfileBook book{documents};
    Profile profile = reverb();
    profile.name.clear();
    QCOMPARE(book.find(book.add(profile))->name, QStringLiteral("reverb.example.test:8080"));
}

QTEST_GUILESS_MAIN(ProfileBookTest)
#include "profile_book_test.moc"
