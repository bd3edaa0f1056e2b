#include "ui/pages/config_problem.h"

#include "app/castdeck/configuration.h"
#include "ui/theme/theme.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace castdeck;
using namespace castdeck::ui;

/// What happens when the configuration of the window cannot be used.
class ConfigProblemTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theMistakesStandThereAsTheyAre();
    void theGoodCopyIsOfferedWhenThereIsOne();
    void theGoodCopyTakesThePlaceOfTheFile();
    void aFileOfALaterVersionIsNoGoodCopy();

private:
    std::filesystem::path path() const { return m_folder->filePath(QStringLiteral("broadcasting.json")).toStdString(); }
    QByteArray content(const char* ending = "") const;
    void write(const QByteArray& text) const;

    Theme m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void ConfigProblemTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

QByteArray ConfigProblemTest::content(const char* ending) const
{
    QFile file{QString::fromStdString(path().string() + ending)};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

void ConfigProblemTest::write(const QByteArray& text) const
{
    QFile file{QString::fromStdString(path().string())};
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

void ConfigProblemTest::theMistakesStandThereAsTheyAre()
{
    const QString hostile = QStringLiteral("a.json:2:1: <b>bad</b>\x1b[31m");
    const ConfigProblem window{
        QStringLiteral("<i>a.json</i>"), {hostile, QStringLiteral("second")}, ConfigProblem::GoodCopy::None};
    QCOMPARE(window.findChild<QPlainTextEdit*>(QStringLiteral("config.problems"))->toPlainText(),
             QStringLiteral("a.json:2:1: <b>bad</b>\\u001b[31m\nsecond"));
    for (const QLabel* label : window.findChildren<QLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void ConfigProblemTest::theGoodCopyIsOfferedWhenThereIsOne()
{
    ConfigProblem without{{}, {}, ConfigProblem::GoodCopy::None};
    QVERIFY(without.findChild<QPushButton*>(QStringLiteral("config.restore"))->isHidden());
    ConfigProblem window{{}, {}, ConfigProblem::GoodCopy::OnOffer};
    const QSignalSpy retry{&window, &ConfigProblem::retryRequested};
    const QSignalSpy restore{&window, &ConfigProblem::restoreRequested};
    window.findChild<QPushButton*>(QStringLiteral("config.restore"))->click();
    QCOMPARE(restore.size(), 1);
    QCOMPARE(retry.size(), 0);
    window.findChild<QPushButton*>(QStringLiteral("config.retry"))->click();
    QCOMPARE(retry.size(), 1);
}

void ConfigProblemTest::theGoodCopyTakesThePlaceOfTheFile()
{
    const auto file = app::loadOrCreate(path());
    QVERIFY(file && !file->hasErrors());
    QVERIFY(app::keepGoodCopy(*file).has_value());
    const QByteArray good = content();
    write("{");
    QCOMPARE(app::sentencesOf(*app::loadOrCreate(path()), store::Severity::Error).size(), 1);
    QVERIFY(app::restoreGoodCopy(path()).has_value());
    QCOMPARE(content(), good);
    QCOMPARE(content(".broken"), QByteArray{"{"});
    QVERIFY(!app::loadOrCreate(path())->hasErrors());
    const auto others = QFile::ReadGroup | QFile::ReadOther;
    QVERIFY((QFile::permissions(QString::fromStdString(path().string())) & others) == 0);
}

void ConfigProblemTest::aFileOfALaterVersionIsNoGoodCopy()
{
    write(R"({"version": 99})");
    const auto file = app::loadOrCreate(path());
    QVERIFY(file && !file->hasErrors());
    QCOMPARE(app::sentencesOf(*file, store::Severity::Warning).size(), 1);
    QVERIFY(app::keepGoodCopy(*file).has_value());
    QVERIFY(content(".good").isEmpty());
}

QTEST_MAIN(ConfigProblemTest)
#include "config_problem_test.moc"
