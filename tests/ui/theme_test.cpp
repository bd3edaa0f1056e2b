#include "ui/theme/theme.h"

#include "ui/theme/icons.h"
#include "ui/widgets/empty_state.h"

#include <QtCore/QDir>
#include <QtGui/QImage>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>

#include <algorithm>

using namespace castdeck::ui;

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textKeepsItsContrast_data();
    void textKeepsItsContrast();
    void aChoiceChangesThePaletteAtOnce();
    void aWindowIsDressedFromThenOn();
    void thePopupOfALineThatCompletesIsDressed();
    void whatIsPutIntoAnotherIsNotStyledBeforeItHasAWindow();
    void theDesktopDecidesOnlyWhileItIsAsked();
    void anEmptyPageStaysWholeInLargeType();
    void everyIconDrawsSomething();
};

void ThemeTest::textKeepsItsContrast_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void ThemeTest::textKeepsItsContrast()
{
    QFETCH(bool, isDark);
    constexpr double wanted = 4.5;
    const Colors& colors = isDark ? darkColors() : lightColors();
    for (const Tone tone : {Tone::Text, Tone::Muted, Tone::Faint, Tone::Accent, Tone::Success, Tone::Warning,
                            Tone::Danger, Tone::Info, Tone::Violet, Tone::Teal}) {
        for (const QColor& background :
             {colors.window, colors.surface, colors.raised, colors.hover, colors.selection, colors.soft(tone)}) {
            const double ratio = contrastRatio(colors.tone(tone), background);
            QVERIFY2(
                ratio >= wanted,
                qPrintable(
                    QStringLiteral("tone %1 on %2: %3").arg(static_cast<int>(tone)).arg(background.name()).arg(ratio)));
        }
    }
    for (const Tone tone : {Tone::Accent, Tone::Info, Tone::Violet, Tone::Teal, Tone::Danger, Tone::Warning})
        QVERIFY(contrastRatio(colors.faint, colors.soft(tone)) >= wanted); // A chip's remark.
    QVERIFY(contrastRatio(colors.onAccent, colors.accentFill) >= wanted);
    QVERIFY(contrastRatio(colors.onAccent, colors.accentHover) >= wanted);
}

void ThemeTest::aChoiceChangesThePaletteAtOnce()
{
    Theme theme;
    QSignalSpy changed{&theme, &Theme::changed};
    theme.setChoice(Theme::Choice::Dark);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(QApplication::palette().color(QPalette::Window), darkColors().window);
    theme.setChoice(Theme::Choice::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Window), lightColors().window);
}

void ThemeTest::aWindowIsDressedFromThenOn()
{
    Theme theme;
    theme.setChoice(Theme::Choice::Light);
    QWidget window;
    theme.dress(window);
    const QString light = window.styleSheet();
    QVERIFY(light.contains(lightColors().accent.name()));
    QVERIFY(!light.contains(u'@'));
    { // One that goes away is forgotten.
        QWidget passing;
        theme.dress(passing);
    }
    theme.setChoice(Theme::Choice::Dark);
    QVERIFY(window.styleSheet().contains(darkColors().accent.name()));
    QVERIFY(window.styleSheet() != light);
}

void ThemeTest::thePopupOfALineThatCompletesIsDressed()
{
    Theme theme;
    QWidget window;
    theme.dress(window);
    QLineEdit line{&window};
    QCompleter completer{QStringList{QStringLiteral("orders"), QStringLiteral("others")}};
    line.setCompleter(&completer);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    line.setFocus();
    QTest::keyClick(&line, Qt::Key_O);
    QTRY_VERIFY(completer.popup()->isVisible());
    QCOMPARE(completer.popup()->styleSheet(), window.styleSheet());
}

void ThemeTest::whatIsPutIntoAnotherIsNotStyledBeforeItHasAWindow()
{
    struct Styled : QWidget {
        int changes = 0;
        void changeEvent(QEvent* event) override { changes += event->type() == QEvent::StyleChange ? 1 : 0; }
    };
    Theme theme;
    QWidget window;
    theme.dress(window);
    auto* inner = new Styled;
    QWidget* outer = inner;
    for (int level = 0; level < 5; ++level) {
        auto* next = new QWidget;
        outer->setParent(next);
        outer = next;
    }
    QCOMPARE(inner->changes, 0);
    outer->setParent(&window);
    QCOMPARE(inner->changes, 1);
}

void ThemeTest::theDesktopDecidesOnlyWhileItIsAsked()
{
    Theme theme;
    theme.setChoice(Theme::Choice::Light);
    theme.setSystemIsDark(true);
    QVERIFY(!Theme::colors().isDark);
    theme.setChoice(Theme::Choice::System);
    QVERIFY(Theme::colors().isDark);
    theme.setSystemIsDark(false);
    QVERIFY(!Theme::colors().isDark);
}

void ThemeTest::anEmptyPageStaysWholeInLargeType()
{
    Theme theme;
    EmptyState page{QStringLiteral("button")};
    theme.dress(page);
    const QString sentence = QStringLiteral("The first check that fails is opened and says why, in words for people.");
    page.setContent({QStringLiteral("home"), QStringLiteral("One request"), sentence, {}});
    page.show();
    const QList<QLabel*> labels = page.findChildren<QLabel*>();
    const auto label = std::ranges::find(labels, sentence, &QLabel::text);
    QVERIFY(label != labels.end());
    const int before = (*label)->height();
    theme.setZoom(Theme::largestZoom);
    QTRY_VERIFY((*label)->height() > before);
    QTRY_COMPARE((*label)->height(), (*label)->heightForWidth((*label)->width()));
    theme.setZoom(100);
}

void ThemeTest::everyIconDrawsSomething()
{
    const Theme theme;
    const QStringList files = QDir{QStringLiteral(":/icons")}.entryList();
    QVERIFY(files.size() > 30);
    for (const QString& file : files) {
        const QImage image = iconPixmap(file.chopped(4), Qt::red, 16, 1.0).toImage();
        bool isEmpty = true;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                isEmpty = isEmpty && qAlpha(image.pixel(x, y)) == 0;
        QVERIFY2(!isEmpty, qPrintable(file));
    }
}

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
