#include "core/remote/secret_vault.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace castdeck;
using namespace castdeck::remote;
using namespace std::chrono_literals;
using State = SecretVault::State;

namespace {

/// A wallet that does what the test says.
class Wallet : public SessionSecrets {
public:
    enum class Mood { Works, Fails, Silent, Forgets };
    explicit Wallet(Mood* mood) : m_mood{mood} {}

    void write(const std::string& id, const std::string& secret, Done done) override
    {
        if (*m_mood == Mood::Silent)
            return;
        if (*m_mood == Mood::Fails)
            return done(Error{ErrorKind::Unavailable, "no wallet is running"});
        SessionSecrets::write(id, *m_mood == Mood::Forgets ? "other" : secret, std::move(done));
    }

private:
    Mood* m_mood;
};

std::string readFrom(SecretVault& vault, const std::string& id)
{
    std::string text = "(no answer)";
    vault.read(id, [&](const Result<std::string>& found) { text = found ? *found : "(" + found.error().detail + ")"; });
    return text;
}

std::optional<ErrorKind> useFile(SecretVault& vault, const std::string& passphrase)
{
    std::optional<std::optional<ErrorKind>> outcome;
    vault.useFile(passphrase, [&](const Result<void>& result) {
        outcome = result ? std::optional<ErrorKind>{} : std::optional{result.error().kind};
    });
    if (!QTest::qWaitFor([&] { return outcome.has_value(); }, 20'000))
        return ErrorKind::Timeout;
    return *outcome;
}

} // namespace

class SecretVaultTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void aWalletThatWorksIsTakenWithoutAQuestion();
    void withoutAWalletSomebodyIsAsked_data();
    void withoutAWalletSomebodyIsAsked();
    void theSessionKeepsWhatIsWrittenBeforeTheChoice();
    void aFileOpensWithItsPassphraseOnly();
    void theFileHoldsNoSecretInClear();
    void aDamagedFileIsNotOverwritten();
    void aWalletThatIsGoneIsNotReplaced();
    void whatIsNotKeptIsReported();
    void chosenAgainSecretsMoveToTheOtherPlace();
    void chosenAgainForTheSessionSecretsLeaveTheDisk();
    void untilTheQuestionIsAnsweredNothingIsLost();

private:
    SecretVault::Options options(SecretPlace chosen = SecretPlace::Undecided)
    {
        return {.wallet = std::make_unique<Wallet>(&m_mood),
                .file = file().toStdString(),
                .chosen = chosen,
                .patience = 100ms};
    }
    QString file() const { return m_folder->filePath(QStringLiteral("secrets.json")); }

    Wallet::Mood m_mood = Wallet::Mood::Works;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void SecretVaultTest::aWalletThatWorksIsTakenWithoutAQuestion()
{
    m_mood = Wallet::Mood::Works;
    SecretVault vault{options()};
    QSignalSpy chosen{&vault, &SecretVault::placeChosen};
    vault.start();
    QCOMPARE(vault.state(), State::Ready);
    QVERIFY(vault.place() == SecretPlace::Wallet);
    QCOMPARE(chosen.count(), 1);
    vault.write("a", "s3cret", [](const Result<void>& outcome) { QVERIFY(outcome.has_value()); });
    QCOMPARE(readFrom(vault, "a"), std::string{"s3cret"});
    vault.remove("a");
    QCOMPARE(readFrom(vault, "a"), std::string{"(no secret is known for this profile)"});
}

void SecretVaultTest::withoutAWalletSomebodyIsAsked_data()
{
    QTest::addColumn<int>("mood");
    QTest::newRow("it fails") << static_cast<int>(Wallet::Mood::Fails);
    QTest::newRow("it stays silent") << static_cast<int>(Wallet::Mood::Silent);
    QTest::newRow("it forgets") << static_cast<int>(Wallet::Mood::Forgets);
}

void SecretVaultTest::withoutAWalletSomebodyIsAsked()
{
    QFETCH(int, mood);
    m_mood = static_cast<Wallet::Mood>(mood);
    SecretVault vault{options()};
    vault.start();
    QTRY_COMPARE(vault.state(), State::Asking);
    QVERIFY(!vault.problem().empty());
    m_mood = Wallet::Mood::Works;
    vault.tryAgain();
    QCOMPARE(vault.state(), State::Ready);
}

void SecretVaultTest::theSessionKeepsWhatIsWrittenBeforeTheChoice()
{
    m_mood = Wallet::Mood::Fails;
    SecretVault vault{options()};
    vault.start();
    vault.write("a", "early", [](const Result<void>& outcome) { QVERIFY(outcome.has_value()); });
    QCOMPARE(readFrom(vault, "a"), std::string{"early"});
    QVERIFY(!useFile(vault, "pass"));
    SecretVault later{options(SecretPlace::File)};
    later.start();
    QVERIFY(!useFile(later, "pass"));
    QCOMPARE(readFrom(later, "a"), std::string{"early"});
}

void SecretVaultTest::aFileOpensWithItsPassphraseOnly()
{
    {
        SecretVault vault{options(SecretPlace::File)};
        vault.start();
        QCOMPARE(vault.state(), State::Locked);
        QVERIFY(!useFile(vault, "right"));
        vault.write("a", "s3cret", [](const Result<void>& outcome) { QVERIFY(outcome.has_value()); });
    }
    SecretVault vault{options(SecretPlace::File)};
    vault.start();
    QCOMPARE(vault.state(), State::Locked);
    QCOMPARE(readFrom(vault, "a"), std::string{"(the file of secrets is locked)"});
    QVERIFY(useFile(vault, "wrong") == ErrorKind::Unauthorized);
    QCOMPARE(vault.state(), State::Locked);
    QVERIFY(!useFile(vault, "right"));
    QCOMPARE(readFrom(vault, "a"), std::string{"s3cret"});
}

void SecretVaultTest::theFileHoldsNoSecretInClear()
{
    SecretVault vault{options(SecretPlace::File)};
    QVERIFY(!useFile(vault, "the-passphrase"));
    vault.write("profile-id", "marker-secret", [](const Result<void>& outcome) { QVERIFY(outcome.has_value()); });
    QFile kept{file()};
    QVERIFY(kept.open(QIODevice::ReadOnly));
    const QByteArray text = kept.readAll();
    QVERIFY(text.contains("\"box\""));
    for (const char* word : {"marker-secret", "the-passphrase", "profile-id"})
        QVERIFY(!text.contains(word));
    QVERIFY(!(kept.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
}

void SecretVaultTest::aDamagedFileIsNotOverwritten()
{
    QFile damaged{file()};
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write("{\"version\":1,\"memory\":99999999999999}");
    damaged.close();
    SecretVault vault{options(SecretPlace::File)};
    vault.start();
    QVERIFY(useFile(vault, "any") == ErrorKind::InvalidInput);
    QCOMPARE(QFile{file()}.size(), qint64{37});
}

void SecretVaultTest::aWalletThatIsGoneIsNotReplaced()
{
    m_mood = Wallet::Mood::Fails;
    SecretVault vault{options(SecretPlace::Wallet)};
    QSignalSpy chosen{&vault, &SecretVault::placeChosen};
    vault.start();
    QCOMPARE(vault.state(), State::Lost);
    vault.write("a", "held", [](const Result<void>& outcome) { QVERIFY(outcome.has_value()); });
    QCOMPARE(readFrom(vault, "a"), std::string{"held"});
    QCOMPARE(chosen.count(), 0);
    m_mood = Wallet::Mood::Works;
    vault.tryAgain();
    QCOMPARE(vault.state(), State::Ready);
    QCOMPARE(readFrom(vault, "a"), std::string{"held"});
}

void SecretVaultTest::chosenAgainSecretsMoveToTheOtherPlace()
{
    m_mood = Wallet::Mood::Works;
    auto wallet = std::make_unique<Wallet>(&m_mood);
    const Wallet& kept = *wallet;
    SecretVault::Options places = options();
    places.wallet = std::move(wallet);
    SecretVault vault{std::move(places)};
    vault.start();
    vault.write("a", "s3cret", [](const Result<void>& outcome) { QVERIFY(outcome.has_value()); });
    QSignalSpy chosen{&vault, &SecretVault::placeChosen};
    vault.chooseAgain({"a", "unknown"});
    QCOMPARE(vault.state(), State::Asking);
    QVERIFY(vault.problem().empty()); // Nothing is wrong with the wallet.
    QCOMPARE(readFrom(vault, "a"), std::string{"s3cret"});
    QVERIFY(!useFile(vault, "pass"));
    QCOMPARE(chosen.count(), 1);
    QVERIFY(vault.place() == SecretPlace::File);
    QTRY_VERIFY(!kept.all().contains("a"));
    SecretVault later{options(SecretPlace::File)};
    QVERIFY(!useFile(later, "pass"));
    QCOMPARE(readFrom(later, "a"), std::string{"s3cret"});
}

void SecretVaultTest::chosenAgainForTheSessionSecretsLeaveTheDisk()
{
    m_mood = Wallet::Mood::Fails;
    {
        SecretVault vault{options()};
        QVERIFY(!useFile(vault, "pass"));
        vault.write("a", "s3cret", [](const Result<void>& outcome) { QVERIFY(outcome.has_value()); });
        vault.chooseAgain({"a"});
        vault.useSession();
        QCOMPARE(vault.state(), State::Ready);
        QCOMPARE(readFrom(vault, "a"), std::string{"s3cret"});
    }
    SecretVault later{options(SecretPlace::File)};
    QVERIFY(!useFile(later, "pass"));
    QCOMPARE(readFrom(later, "a"), std::string{"(no secret is known for this profile)"});
}

void SecretVaultTest::untilTheQuestionIsAnsweredNothingIsLost()
{
    {
        SecretVault vault{options()};
        QVERIFY(!useFile(vault, "pass"));
        vault.write("a", "s3cret", [](const Result<void>& outcome) { QVERIFY(outcome.has_value()); });
        vault.chooseAgain({"a"});
    }
    SecretVault later{options(SecretPlace::File)};
    QVERIFY(!useFile(later, "pass"));
    QCOMPARE(readFrom(later, "a"), std::string{"s3cret"});
}

void SecretVaultTest::whatIsNotKeptIsReported()
{
    m_mood = Wallet::Mood::Works;
    SecretVault vault{options()};
    vault.start();
    m_mood = Wallet::Mood::Forgets;
    std::optional<ErrorKind> kind;
    vault.write("a", "s3cret", [&](const Result<void>& outcome) {
        QVERIFY(!outcome.has_value());
        kind = outcome.error().kind;
    });
    QVERIFY(kind == ErrorKind::Io);
}

QTEST_GUILESS_MAIN(SecretVaultTest)
#include "secret_vault_test.moc"
