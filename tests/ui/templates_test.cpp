#include "ui/models/template_list.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>

using namespace castdeck;
using namespace castdeck::ui;

class TemplatesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTemplateSurvivesTheStore();
    void aDocumentThatIsNoTemplateIsLeftOut();
    void theOrderOfTheBoardIsKept();
    void aRemovedTemplateComesBackInItsPlace();
    void aDuplicateStandsBehindItsOriginalAndWasNeverSent();
    void anExportIsReadBackWithoutWhereItWasSent();
    void aFileOfAnotherKindIsNotImported();
    void theSamplesCanBeFilledInAndSent();
    void fillingInNamesThePartAndThePlace();
    void aTemplateThatCouldNeverBeSentIsRefused_data();
    void aTemplateThatCouldNeverBeSentIsRefused();
    void theTimeOfTheLastSendIsSaidInWords_data();
    void theTimeOfTheLastSendIsSaidInWords();
};

static Template named(const QString& name)
{
    Template message;
    message.name = name;
    message.draft = {QStringLiteral("alerts"), QStringLiteral("note"), "{}", PayloadMode::Json};
    return message;
}

static QStringList namesOf(const TemplateList& list)
{
    QStringList names;
    for (const Template& message : list.all())
        names << message.name;
    return names;
}

void TemplatesTest::aTemplateSurvivesTheStore()
{
    MemoryDocuments documents;
    Template message = named(QStringLiteral("Störung"));
    message.folder = QStringLiteral("Service");
    message.draft.payload = "{ \"a\":1.0,\n \"b\":\"{{x}}\\/\"}";
    message.draft.mode = PayloadMode::Base64;
    message.color = Profile::Color::Red;
    message.connection = "eu";
    message.profileId = "prod";
    message.lastSent =
        QDateTime::fromString(QStringLiteral("2026-05-12T14:03:00.250Z"), Qt::ISODateWithMs).toLocalTime();
    TemplateList list{documents};
    const QAbstractItemModelTester tester{&list};
    message.id = list.add(message);
    TemplateList again{documents};
    QCOMPARE(again.all().size(), std::size_t{1});
    QVERIFY(again.all().front() == message);
}

void TemplatesTest::aDocumentThatIsNoTemplateIsLeftOut()
{
    MemoryDocuments documents;
    documents.put(TemplateList::collection, "1", "no JSON");
    documents.put(TemplateList::collection, "2", R"({"name":1})");
    QVERIFY(TemplateList{documents}.all().empty());
}

void TemplatesTest::theOrderOfTheBoardIsKept()
{
    MemoryDocuments documents;
    TemplateList list{documents};
    const QAbstractItemModelTester tester{&list};
    for (const char* name : {"a", "b", "c", "d"})
        list.add(named(QString::fromLatin1(name)));
    list.move(3, 0);
    list.move(1, 2);
    QCOMPARE(namesOf(list).join(QString{}), QStringLiteral("dbac"));
    QCOMPARE(namesOf(TemplateList{documents}), namesOf(list));
}

void TemplatesTest::aRemovedTemplateComesBackInItsPlace()
{
    MemoryDocuments documents;
    TemplateList list{documents};
    const QAbstractItemModelTester tester{&list};
    for (const char* name : {"a", "b", "c"})
        list.add(named(QString::fromLatin1(name)));
    list.remove(list.all()[1].id);
    QCOMPARE(TemplateList{documents}.all().size(), std::size_t{2});
    QVERIFY(list.undoRemove());
    QVERIFY(!list.undoRemove());
    QCOMPARE(namesOf(list).join(QString{}), QStringLiteral("abc"));
    QCOMPARE(namesOf(TemplateList{documents}), namesOf(list));
}

void TemplatesTest::aDuplicateStandsBehindItsOriginalAndWasNeverSent()
{
    MemoryDocuments documents;
    TemplateList list{documents};
    Template message = named(QStringLiteral("a"));
    message.lastSent = QDateTime::currentDateTime();
    const std::string id = list.add(message);
    list.add(named(QStringLiteral("b")));
    list.duplicate(id);
    QCOMPARE(namesOf(list), (QStringList{QStringLiteral("a"), QStringLiteral("a (copy)"), QStringLiteral("b")}));
    QVERIFY(!list.all()[1].lastSent.isValid());
    QVERIFY(list.all()[1].id != id);
}

void TemplatesTest::anExportIsReadBackWithoutWhereItWasSent()
{
    Template message = named(QStringLiteral("a"));
    message.folder = QStringLiteral("Service");
    message.connection = "eu";
    message.lastSent = QDateTime::currentDateTime();
    const auto imported = importTemplates(exportTemplates({message, named(QStringLiteral("b"))}));
    QVERIFY(imported);
    QCOMPARE(imported->skipped, std::size_t{0});
    QCOMPARE(imported->templates.size(), std::size_t{2});
    message.connection.clear();
    message.lastSent = {};
    QVERIFY(imported->templates.front() == message);
}

void TemplatesTest::aFileOfAnotherKindIsNotImported()
{
    QVERIFY(!importTemplates("no JSON"));
    QVERIFY(!importTemplates("[]"));
    QVERIFY(!importTemplates(R"({"format":"castdeck-templates","version":99,"templates":[]})"));
    const auto damaged = importTemplates(R"({"format":"castdeck-templates","version":1,"templates":[1,{"name":"a"}]})");
    QVERIFY(damaged);
    QCOMPARE(damaged->skipped, std::size_t{2});
}

void TemplatesTest::theSamplesCanBeFilledInAndSent()
{
    for (const Template& message : sampleTemplates())
        QVERIFY2(problemOfTemplate(message.draft).isEmpty(), qPrintable(problemOfTemplate(message.draft)));
    const Draft maintenance = sampleTemplates().front().draft;
    const FilledDraft filled = fillIn(maintenance, placeholdersOf(maintenance), {{"minutes", "15"}});
    QVERIFY(filled.problem.isEmpty());
    QVERIFY(filled.draft.payload.find("\"minutes\": 15,") != std::string::npos);
}

void TemplatesTest::fillingInNamesThePartAndThePlace()
{
    const Draft draft{QStringLiteral("orders.{{id}}"), QStringLiteral("note"), "{\n \"a\":{{b}}}", PayloadMode::Json};
    const PlaceholderSet set = placeholdersOf(draft);
    QCOMPARE(fillIn(draft, set, {{"b", "1"}}).problem, QStringLiteral("Channels, column 8: id is not filled in."));
    QCOMPARE(fillIn(draft, set, {{"id", "1"}}).problem, QStringLiteral("Line 2, column 6: b is not filled in."));
    QVERIFY(fillIn(draft, set, {{"id", "a/b"}, {"b", "1"}}).problem.contains(QStringLiteral("'/'")));
}

void TemplatesTest::aTemplateThatCouldNeverBeSentIsRefused_data()
{
    QTest::addColumn<QString>("channels");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("good") << QStringLiteral("alerts") << QByteArray{R"({"a":{{x:json}},"b":"{{y}}"})"} << true;
    QTest::newRow("no JSON around") << QStringLiteral("alerts") << QByteArray{R"({"a":{{x}} "b"})"} << false;
    QTest::newRow("a bad channel") << QStringLiteral("a/b") << QByteArray{"{}"} << false;
    QTest::newRow("a bad placeholder") << QStringLiteral("alerts") << QByteArray{"{{x:date}}"} << false;
}

void TemplatesTest::aTemplateThatCouldNeverBeSentIsRefused()
{
    QFETCH(QString, channels);
    QFETCH(QByteArray, payload);
    QFETCH(bool, isGood);
    const Draft draft{channels, QStringLiteral("note"), payload.toStdString(), PayloadMode::Json};
    QCOMPARE(problemOfTemplate(draft).isEmpty(), isGood);
}

void TemplatesTest::theTimeOfTheLastSendIsSaidInWords_data()
{
    QTest::addColumn<QDateTime>("at");
    QTest::addColumn<QString>("words");
    const QDateTime now{QDate{2026, 5, 12}, QTime{14, 3}};
    QTest::newRow("never") << QDateTime{} << QString{};
    QTest::newRow("a moment ago") << now.addSecs(-59) << QStringLiteral("just now");
    QTest::newRow("a clock that went back") << now.addSecs(30) << QStringLiteral("just now");
    QTest::newRow("minutes") << now.addSecs(-60 * 4) << QStringLiteral("4 min ago");
    QTest::newRow("this morning") << QDateTime{QDate{2026, 5, 12}, QTime{8, 30}} << QStringLiteral("today 08:30");
    QTest::newRow("yesterday") << QDateTime{QDate{2026, 5, 11}, QTime{23, 59}} << QStringLiteral("yesterday 23:59");
    QTest::newRow("earlier") << QDateTime{QDate{2026, 5, 2}, QTime{9, 5}} << QStringLiteral("2 May 09:05");
}

void TemplatesTest::theTimeOfTheLastSendIsSaidInWords()
{
    QFETCH(QDateTime, at);
    QFETCH(QString, words);
    QCOMPARE(lastSentWords(at, QDateTime{QDate{2026, 5, 12}, QTime{14, 3}}), words);
}

QTEST_APPLESS_MAIN(TemplatesTest)
#include "templates_test.moc"
