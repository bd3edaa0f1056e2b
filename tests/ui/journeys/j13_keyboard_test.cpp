#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"

#include <QtTest/QTest>
#include <QtWidgets/QApplication>

#include <set>

using namespace castdeck;
using namespace castdeck::test;

/// J13: the window without a mouse and by its spoken names. J1 by keys is in j01_prepared_alert.
class KeyboardJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPageIsReachedNamedAndLeftByKeys();

private:
    static QString nameless(const QWidget& window);
    static QString trap(const QWidget& window);
};

/// What takes focus and has no name to be read out.
QString KeyboardJourney::nameless(const QWidget& window)
{
    QStringList found;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        const bool takesFocus =
            widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0;
        if (takesFocus && widget->focusProxy() == nullptr && widget->accessibleName().isEmpty())
            found << widget->objectName() + u' ' + QString::fromLatin1(widget->metaObject()->className());
    }
    return found.join(u'\n');
}

/// The widget that Tab does not leave; empty when Tab comes round to where it began.
QString KeyboardJourney::trap(const QWidget& window)
{
    constexpr int most = 300;
    std::set<QWidget*> seen;
    QWidget* before = nullptr;
    for (int i = 0; i < most; ++i) {
        QWidget* const focus = QApplication::focusWidget();
        if (focus == nullptr)
            return QStringLiteral("nothing has the focus");
        if (focus == before)
            return focus->objectName();
        if (!seen.insert(focus).second)
            return {};
        before = focus;
        QTest::keyClick(focus, Qt::Key_Tab);
        settle();
    }
    return QStringLiteral("no way round in %1 steps in %2").arg(most).arg(window.objectName());
}

void KeyboardJourney::everyPageIsReachedNamedAndLeftByKeys()
{
    Journey journey{{.id = QStringLiteral("J13 walk"),
                     .title = QStringLiteral("Every page by keys, every control by name"),
                     .actions = 9}};
    Harness harness{journey};
    harness.open();
    Ui ui{journey};
    QStringList wrong;
    journey.begin();
    for (int page = 0; page < 9; ++page) {
        ui.press(QKeySequence{Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + page)});
        journey.step(QStringLiteral("page %1").arg(page + 1));
        if (const QString found = nameless(harness.window()); !found.isEmpty())
            wrong << QStringLiteral("page %1, no name: %2").arg(page + 1).arg(found);
        if (const QString found = trap(harness.window()); !found.isEmpty())
            wrong << QStringLiteral("page %1, Tab stays in %2").arg(page + 1).arg(found);
        journey.forgetOwnWork();
    }
    QCOMPARE(wrong.join(u'\n'), QString{});
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(KeyboardJourney)
#include "j13_keyboard_test.moc"
