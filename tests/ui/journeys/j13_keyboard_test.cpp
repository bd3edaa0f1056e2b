#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/models/event_words.h"
#include "ui/widgets/status_strip.h"

#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>

#include <algorithm>
#include <set>

using namespace castdeck;
using namespace castdeck::test;

/// J13: the window without a mouse, by its spoken names and without colours. J1 by keys is in j01_prepared_alert, J6 by
/// keys in j06_denied_channel.
class KeyboardJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPageIsReachedNamedAndLeftByKeys();
    void noStateIsToldByColourAlone();

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

/// What somebody sees of it who sees no colours.
static QImage withoutColours(ui::StatusStrip& strip, const char* part)
{
    settle();
    return strip.findChild<QWidget*>(QString::fromLatin1(part))
        ->grab()
        .toImage()
        .convertToFormat(QImage::Format_Grayscale8);
}

void KeyboardJourney::noStateIsToldByColourAlone()
{
    using engine::ServerState;
    ui::Theme theme;
    ui::StatusStrip strip;
    theme.dress(strip);
    strip.resize(1'280, 30);
    strip.show();
    QStringList words;
    std::vector<QImage> images;
    for (const ServerState state : {ServerState::Stopped, ServerState::Starting, ServerState::Running,
                                    ServerState::Stopping, ServerState::Failed}) {
        engine::ServerSnapshot server;
        server.state = state;
        strip.showServer(server, ui::Profile::Kind::Embedded, {});
        words << strip.findChild<QPushButton*>(QStringLiteral("status.connection"))->text();
        images.push_back(withoutColours(strip, "status.connection"));
        QVERIFY2(std::ranges::count(images, images.back()) == 1, qPrintable(words.back()));
    }
    for (std::size_t kind = 0; kind < engine::eventKindCount; ++kind)
        words << ui::lookOf(static_cast<engine::EventKind>(kind)).word;
    QVERIFY(!words.contains(QString{}));
    QCOMPARE(words.removeDuplicates(), qsizetype{0});
}

QTEST_MAIN(KeyboardJourney)
#include "j13_keyboard_test.moc"
