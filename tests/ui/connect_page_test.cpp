#include "ui/pages/connect_page.h"

#include "tests/remote/raw_server.h"
#include "tests/remote/self_signed.h"
#include "tests/support/engine_fixture.h"
#include "ui/pages/profile_form.h"
#include "ui/text/shown_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/doctor_view.h"
#include "ui/widgets/secret_question.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace castdeck;
using namespace castdeck::ui;
using castdeck::test::EngineFixture;

namespace {

QString envOf(std::uint16_t port, const char* scheme = "http", const hub::AppConfig& app = test::makeApp())
{
    return QStringLiteral("BROADCAST_CONNECTION=reverb\nREVERB_APP_ID=%1\nREVERB_APP_KEY=%2\nREVERB_APP_SECRET=%3\n"
                          "REVERB_HOST=127.0.0.1\nREVERB_PORT=%4\nREVERB_SCHEME=%5\n")
        .arg(toQt(app.id), toQt(app.key), toQt(app.secret))
        .arg(port)
        .arg(QLatin1String{scheme});
}

Profile profileAt(std::uint16_t port)
{
    Profile profile;
    profile.name = QStringLiteral("Staging");
    profile.scheme = QStringLiteral("http");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = port;
    profile.appId = QStringLiteral("1");
    profile.key = QStringLiteral("key");
    return profile;
}

} // namespace

class ConnectPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aPastedTextAndEnterConnect();
    void theSecretStaysHidden();
    void whatIsMissingIsSaidInTheForm();
    void aTextThatSaysNothingStays();
    void aMarkGoesWhenSomebodyEdits();
    void anUntrustedCertificateIsTrustedWithOnePress();
    void theSchemeIsCorrectedWithOnePress();
    void theFailingStepSaysWhatToDo();
    void aKeptProfileComesBackWithItsSecret();
    void aKeptProfileIsRenamedAndColouredWithoutACheck();
    void aProfileIsRemovedWhenThatIsConfirmed();
    void aCheckCanBeStopped();
    void withoutAWalletOneQuestionIsAsked();
    void everythingThatTakesFocusHasAName();
    void textOfTheServerIsPlain();

private:
    template <class Widget> Widget* find(const char* name) const
    {
        return m_page->findChild<Widget*>(QLatin1String{name});
    }
    void paste(const QString& text)
    {
        QGuiApplication::clipboard()->setText(text);
        find<QPlainTextEdit>("connect.paste")->setFocus();
        QTest::keySequence(find<QPlainTextEdit>("connect.paste"), QKeySequence::Paste);
    }
    void pressEnter() { QTest::keyClick(find<QPlainTextEdit>("connect.paste"), Qt::Key_Return); }
    QString fieldText(const char* name) const { return find<QLineEdit>(name)->text(); }
    /// Keeps pictures of the page where a folder for them is named.
    void keepPicture(const char* name);

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<EngineFixture> m_server;
    std::unique_ptr<MemoryDocuments> m_documents;
    std::unique_ptr<ProfileBook> m_book;
    std::unique_ptr<remote::SecretVault> m_vault;
    std::unique_ptr<ConnectPage> m_page;
    QTemporaryDir m_folder;
};

void ConnectPageTest::init()
{
    m_theme = std::make_unique<Theme>();
    m_server = std::make_unique<EngineFixture>();
    m_documents = std::make_unique<MemoryDocuments>();
    m_book = std::make_unique<ProfileBook>(*m_documents);
    m_vault = std::make_unique<remote::SecretVault>(
        remote::SecretVault::Options{.wallet = nullptr, .file = {}, .chosen = remote::SecretPlace::Session});
    m_vault->start();
    m_page = std::make_unique<ConnectPage>(*m_book, *m_vault);
    m_page->resize(1'060, 740);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void ConnectPageTest::cleanup()
{
    m_page.reset();
    m_vault.reset();
}

void ConnectPageTest::keepPicture(const char* name)
{
    const QString folder = qEnvironmentVariable("CASTDECK_PICTURES");
    if (folder.isEmpty())
        return;
    for (const auto& [choice, suffix] :
         {std::pair{Theme::Choice::Light, "light"}, std::pair{Theme::Choice::Dark, "dark"}}) {
        m_theme->setChoice(choice);
        for (const QSize size : {QSize{1'060, 740}, QSize{904, 540}}) {
            m_page->resize(size);
            QTest::qWait(50);
            m_page->grab().save(QStringLiteral("%1/%2-%3-%4.png")
                                    .arg(folder, QLatin1String{name}, QLatin1String{suffix})
                                    .arg(size.width()));
        }
    }
}

void ConnectPageTest::aPastedTextAndEnterConnect()
{
    QSignalSpy connected{m_page.get(), &ConnectPage::connected};
    keepPicture("new");
    paste(envOf(m_server->port()));
    QCOMPARE(fieldText("profile.host"), QStringLiteral("127.0.0.1"));
    QCOMPARE(fieldText("profile.port"), QString::number(m_server->port()));
    QVERIFY(find<QLabel>("profile.key.mark")->text().contains(QLatin1String{"from your text"}));
    keepPicture("pasted");
    const int shownColor = find<QComboBox>("profile.color")->currentIndex();
    pressEnter();
    QTRY_COMPARE(connected.count(), 1);
    keepPicture("good");
    const auto profile = connected.first().at(0).value<Profile>();
    QCOMPARE(static_cast<int>(profile.color), shownColor);
    QCOMPARE(profile.key, toQt(m_server->app().key));
    QCOMPARE(m_book->recent(1).front().id, profile.id);
    QVERIFY(m_documents->find(ProfileBook::collection, profile.id).has_value());
    QVERIFY(m_documents->find(ProfileBook::collection, profile.id)->find(m_server->app().secret) == std::string::npos);
    std::string secret;
    m_vault->read(profile.id, [&](const Result<std::string>& found) { secret = found ? *found : ""; });
    QCOMPARE(secret, m_server->app().secret);
}

void ConnectPageTest::theSecretStaysHidden()
{
    paste(envOf(m_server->port()));
    QVERIFY(find<QPlainTextEdit>("connect.paste")->toPlainText().isEmpty());
    QVERIFY(find<QLineEdit>("profile.secret")->echoMode() == QLineEdit::Password);
    QTest::mouseClick(find<QToolButton>("profile.secret.show"), Qt::LeftButton);
    QVERIFY(find<QLineEdit>("profile.secret")->echoMode() == QLineEdit::Normal);
    for (const QLabel* label : m_page->findChildren<QLabel*>())
        QVERIFY(!label->text().contains(toQt(m_server->app().secret)));
    m_page->startNew();
    QVERIFY(find<QLineEdit>("profile.secret")->echoMode() == QLineEdit::Password);
}

void ConnectPageTest::whatIsMissingIsSaidInTheForm()
{
    paste(QStringLiteral("PUSHER_HOST=127.0.0.1\nPUSHER_APP_KEY=k\nPUSHER_APP_ID=1\n"));
    pressEnter();
    QVERIFY(!m_page->isChecking());
    QVERIFY(find<QLabel>("profile.problem")->isVisible());
    QVERIFY(find<QLabel>("profile.problem")->text().contains(QLatin1String{"secret"}));
    keepPicture("missing");
    QVERIFY(find<QLineEdit>("profile.secret")->hasFocus());
    QTest::keyClicks(find<QLineEdit>("profile.secret"), QStringLiteral("s"));
    QVERIFY(!find<QLabel>("profile.problem")->isVisible());
}

void ConnectPageTest::aTextThatSaysNothingStays()
{
    paste(QStringLiteral("hello there"));
    QCOMPARE(find<QPlainTextEdit>("connect.paste")->toPlainText(), QStringLiteral("hello there"));
    QVERIFY(find<QLabel>("connect.found")->text().startsWith(QLatin1String{"Nothing"}));
    keepPicture("nothing");
}

void ConnectPageTest::aMarkGoesWhenSomebodyEdits()
{
    paste(envOf(6001));
    QTest::keyClicks(find<QLineEdit>("profile.key"), QStringLiteral("x"));
    QVERIFY(find<QLabel>("profile.key.mark")->text().isEmpty());
    QVERIFY(!find<QLabel>("profile.host.mark")->text().isEmpty());
}

void ConnectPageTest::anUntrustedCertificateIsTrustedWithOnePress()
{
    const test::SelfSigned identity = test::makeSelfSigned();
    engine::EngineOptions options;
    options.apps = {test::makeApp()};
    engine::TlsFiles files;
    for (const auto& [name, text, path] : {std::tuple{"c.pem", identity.certificate, &files.certificate},
                                           std::tuple{"c.key", identity.key, &files.key}}) {
        QFile file{m_folder.filePath(QLatin1String{name})};
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        *path = toStd(file.fileName());
    }
    options.tls = files;
    const EngineFixture server{options};
    QSignalSpy connected{m_page.get(), &ConnectPage::connected};
    paste(envOf(server.port(), "https"));
    pressEnter();
    QTRY_VERIFY(m_page->doctorView()->failure().has_value());
    QVERIFY(m_page->doctorView()->failure()->step == remote::DoctorStep::Tls);
    QVERIFY2(m_page->doctorView()->problemText().contains(QLatin1String{"localhost"}),
             qPrintable(m_page->doctorView()->problemText()));
    QTRY_VERIFY(!m_page->isChecking());
    keepPicture("certificate");
    auto* remedy = find<QPushButton>("doctor.remedy");
    QCOMPARE(remedy->text(), QStringLiteral("Trust this certificate for this profile"));
    QTest::mouseClick(remedy, Qt::LeftButton);
    QTRY_COMPARE(connected.count(), 1);
    keepPicture("trusted");
    QVERIFY(!connected.first().at(0).value<Profile>().pinnedCertificate.empty());
}

void ConnectPageTest::theSchemeIsCorrectedWithOnePress()
{
    QSignalSpy connected{m_page.get(), &ConnectPage::connected};
    paste(envOf(m_server->port(), "https"));
    pressEnter();
    QTRY_VERIFY(m_page->doctorView()->failure().has_value() && !m_page->isChecking());
    QVERIFY(m_page->doctorView()->failure()->fault == remote::DoctorFault::PlainOnTlsPort);
    QTest::mouseClick(find<QPushButton>("doctor.remedy"), Qt::LeftButton);
    QTRY_COMPARE(connected.count(), 1);
    QCOMPARE(connected.first().at(0).value<Profile>().scheme, QStringLiteral("http"));
}

void ConnectPageTest::theFailingStepSaysWhatToDo()
{
    hub::AppConfig app = test::makeApp();
    app.secret = "wrong-secret";
    QSignalSpy connected{m_page.get(), &ConnectPage::connected};
    paste(envOf(m_server->port(), "http", app));
    pressEnter();
    QTRY_VERIFY(m_page->doctorView()->failure().has_value() && !m_page->isChecking());
    QVERIFY(m_page->doctorView()->failure()->step == remote::DoctorStep::Signature);
    keepPicture("secret");
    QTest::mouseClick(find<QPushButton>("doctor.remedy"), Qt::LeftButton);
    QTRY_VERIFY(find<QLineEdit>("profile.secret")->hasFocus());
    QCOMPARE(connected.count(), 0);
    QCOMPARE(m_book->all().size(), std::size_t{1});
}

void ConnectPageTest::aKeptProfileComesBackWithItsSecret()
{
    QSignalSpy connected{m_page.get(), &ConnectPage::connected};
    paste(envOf(m_server->port()));
    pressEnter();
    QTRY_COMPARE(connected.count(), 1);
    const std::string id = m_book->recent(1).front().id;
    m_page->startNew();
    m_page->edit(id);
    QCOMPARE(fieldText("profile.secret"), toQt(m_server->app().secret));
    find<QLineEdit>("profile.name")->setText(QStringLiteral("Renamed"));
    m_page->connectNow();
    QTRY_COMPARE(connected.count(), 2);
    QCOMPARE(m_book->find(id)->name, QStringLiteral("Renamed"));
    QCOMPARE(m_book->all().size(), std::size_t{2});
}

void ConnectPageTest::aKeptProfileIsRenamedAndColouredWithoutACheck()
{
    QVERIFY(!find<QPushButton>("connect.save")->isVisible());
    Profile profile = profileAt(1);
    profile.id = m_book->add(profile);
    m_vault->write(profile.id, "kept", [](const Result<void>&) {});
    m_page->edit(profile.id);
    find<QLineEdit>("profile.name")->setText(QStringLiteral("Renamed"));
    find<QComboBox>("profile.color")->setCurrentIndex(static_cast<int>(Profile::Color::Amber));
    QSignalSpy saved{m_page.get(), &ConnectPage::saved};
    find<QPushButton>("connect.save")->click();
    QCOMPARE(saved.count(), 1);
    QVERIFY(!m_page->isChecking());
    QCOMPARE(m_book->find(profile.id)->name, QStringLiteral("Renamed"));
    QVERIFY(m_book->find(profile.id)->color == Profile::Color::Amber);
    find<QLineEdit>("profile.host")->clear();
    find<QPushButton>("connect.save")->click();
    QCOMPARE(saved.count(), 1); // It could not be connected to.
    QVERIFY(find<QLabel>("profile.problem")->isVisible());
}

void ConnectPageTest::aProfileIsRemovedWhenThatIsConfirmed()
{
    Profile profile = profileAt(1);
    profile.id = m_book->add(profile);
    m_page->edit(profile.id);
    QSignalSpy removed{m_page.get(), &ConnectPage::removed};
    find<QPushButton>("connect.remove")->click();
    find<QPushButton>("connect.sure.cancel")->click();
    QVERIFY(m_book->find(profile.id) != nullptr);
    find<QPushButton>("connect.remove")->click();
    keepPicture("remove");
    find<QPushButton>("connect.sure.confirm")->click();
    QVERIFY(m_book->find(profile.id) == nullptr);
    QCOMPARE(removed.count(), 1);
    QVERIFY(!find<QPushButton>("connect.remove")->isVisible());
}

void ConnectPageTest::aCheckCanBeStopped()
{
    const test::RawServer silent{QByteArray{}, false};
    paste(envOf(silent.port()));
    pressEnter();
    QTRY_VERIFY(m_page->isChecking());
    QCOMPARE(find<QPushButton>("connect.cancel")->text(), QStringLiteral("Stop"));
    QTest::mouseClick(find<QPushButton>("connect.cancel"), Qt::LeftButton);
    QVERIFY(!m_page->isChecking());
    QSignalSpy cancelled{m_page.get(), &ConnectPage::cancelled};
    QTest::mouseClick(find<QPushButton>("connect.cancel"), Qt::LeftButton);
    QCOMPARE(cancelled.count(), 1);
}

void ConnectPageTest::withoutAWalletOneQuestionIsAsked()
{
    m_page.reset();
    m_vault = std::make_unique<remote::SecretVault>(
        remote::SecretVault::Options{.wallet = nullptr,
                                     .file = toStd(m_folder.filePath(QStringLiteral("secrets.json"))),
                                     .chosen = remote::SecretPlace::Undecided});
    m_vault->start();
    m_page = std::make_unique<ConnectPage>(*m_book, *m_vault);
    m_page->resize(1'060, 740);
    m_page->show();
    auto* question = find<SecretQuestion>("secrets.question");
    QVERIFY(question->isVisible());
    keepPicture("wallet");
    QTest::mouseClick(find<QPushButton>("secrets.file"), Qt::LeftButton);
    QTest::keyClicks(find<QLineEdit>("secrets.passphrase"), QStringLiteral("pass phrase"));
    keepPicture("passphrase");
    QTest::keyClick(find<QLineEdit>("secrets.passphrase"), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!question->isVisible(), 20'000);
    QVERIFY(m_vault->place() == remote::SecretPlace::File);
}

void ConnectPageTest::everythingThatTakesFocusHasAName()
{
    paste(envOf(m_server->port()));
    for (const QWidget* widget : m_page->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
            widget->objectName().startsWith(QLatin1String{"qt_"}))
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty(),
                 qPrintable(widget->objectName() + QLatin1String{widget->metaObject()->className()}));
        QVERIFY2(!widget->objectName().isEmpty(), qPrintable(widget->accessibleName()));
    }
}

void ConnectPageTest::textOfTheServerIsPlain()
{
    test::RawServer server{test::answerOf("500 Oops", "<b>bold</b> \xe2\x80\xae reversed")};
    paste(envOf(server.port()));
    pressEnter();
    QTRY_VERIFY(m_page->doctorView()->failure().has_value());
    for (const QLabel* label : m_page->findChildren<QLabel*>())
        QVERIFY(label->textFormat() == Qt::PlainText && !label->text().contains(QChar{0x202e}));
}

QTEST_MAIN(ConnectPageTest)
#include "connect_page_test.moc"
