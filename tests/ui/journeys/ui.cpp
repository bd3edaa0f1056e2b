#include "tests/ui/journeys/ui.h"

#include "tests/ui/journeys/waiting.h"

#include <QtGui/QClipboard>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTabBar>

#include <algorithm>

namespace castdeck::test {

namespace {

/// Coordinates are those of the widget that takes the mouse.
struct Target {
    QWidget* widget = nullptr;
    QPoint place;
};

Target viewportOf(QWidget& widget, const QPoint& place)
{
    auto* const area = qobject_cast<QAbstractScrollArea*>(&widget);
    return area == nullptr ? Target{&widget, place} : Target{area->viewport(), place};
}

bool isReachable(const Target& target)
{
    QWidget* const window = target.widget->window();
    QWidget* const top = window->childAt(target.widget->mapTo(window, target.place));
    return top == nullptr ? window == target.widget : top == target.widget || target.widget->isAncestorOf(top);
}

QString textOfWidget(const QWidget& widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        return label->text();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        return button->text();
    if (const auto* field = qobject_cast<const QLineEdit*>(&widget))
        return field->text();
    if (const auto* editor = qobject_cast<const QPlainTextEdit*>(&widget))
        return editor->toPlainText();
    if (const auto* combo = qobject_cast<const QComboBox*>(&widget))
        return combo->currentText();
    return {};
}

QWidget& focused()
{
    // A window that has just opened gets the keys a moment later.
    waitUntil([] { return QApplication::focusWidget() != nullptr || QApplication::activeWindow() != nullptr; },
              std::chrono::seconds{2});
    QWidget* const widget = QApplication::focusWidget();
    QWidget* const window =
        QApplication::activePopupWidget() != nullptr ? QApplication::activePopupWidget() : QApplication::activeWindow();
    if (widget == nullptr && window == nullptr)
        giveUp(QStringLiteral("No window takes keys"));
    return QApplication::activePopupWidget() != nullptr || widget == nullptr ? *window : *widget;
}

} // namespace

QWidget* Ui::look(const QString& name) const
{
    QWidget* found = nullptr;
    for (QWidget* window : QApplication::topLevelWidgets()) {
        if (!window->isVisible())
            continue;
        QList<QWidget*> all = window->findChildren<QWidget*>(name);
        if (window->objectName() == name)
            all.prepend(window);
        const auto shown = std::ranges::find_if(all, &QWidget::isVisible);
        if (shown != all.end() && (found == nullptr || window->isActiveWindow()))
            found = *shown;
    }
    return found;
}

QWidget& Ui::findWidget(const QString& name) const
{
    if (!waitUntil([&] { return isShown(name); }, std::chrono::seconds{5}))
        giveUp(QStringLiteral("There is no %1 to be seen").arg(name));
    return *look(name);
}

QString Ui::textOf(const QString& name) const
{
    const QWidget& widget = findWidget(name);
    QStringList texts{textOfWidget(widget)};
    if (texts.constFirst().isEmpty()) {
        for (const QWidget* child : widget.findChildren<QWidget*>()) {
            if (child->isVisible())
                texts << textOfWidget(*child);
        }
    }
    texts.removeAll(QString{});
    return texts.join(u'\n');
}

void Ui::mouse(QWidget& widget, const QPoint& place, bool isDouble)
{
    const Target target = viewportOf(widget, place);
    if (!widget.isEnabled())
        giveUp(widget.objectName() + QStringLiteral(" cannot be used"));
    if (!isReachable(target))
        giveUp(widget.objectName() + QStringLiteral(" is covered"));
    QTest::mouseClick(target.widget, Qt::LeftButton, {}, target.place);
    if (isDouble)
        QTest::mouseDClick(target.widget, Qt::LeftButton, {}, target.place);
    settle();
}

void Ui::click(const QString& name)
{
    QWidget& widget = findWidget(name);
    m_journey.countAction(QStringLiteral("click %1").arg(name));
    mouse(widget, widget.rect().center());
}

void Ui::doubleClick(const QString& name)
{
    QWidget& widget = findWidget(name);
    m_journey.countAction(QStringLiteral("double-click %1").arg(name));
    mouse(widget, widget.rect().center(), true);
}

void Ui::clickAt(QWidget& widget, const QPoint& place)
{
    m_journey.countAction(QStringLiteral("click in %1").arg(widget.objectName()));
    mouse(widget, place);
}

void Ui::clickRow(const QString& view, int row, int column)
{
    auto& items = find<QAbstractItemView>(view);
    const QModelIndex index = items.model()->index(row, column, items.rootIndex());
    items.scrollTo(index);
    m_journey.countAction(QStringLiteral("click row %1 of %2").arg(row).arg(view));
    mouse(items, items.visualRect(index).center());
}

void Ui::clickTab(const QString& name, const QString& text)
{
    QWidget& widget = findWidget(name);
    auto* bar = qobject_cast<QTabBar*>(&widget);
    if (bar == nullptr)
        bar = widget.findChild<QTabBar*>();
    for (int i = 0; bar != nullptr && i < bar->count(); ++i) {
        if (bar->tabText(i).remove(u'&') != text)
            continue;
        m_journey.countAction(QStringLiteral("click tab %1").arg(text));
        mouse(*bar, bar->tabRect(i).center());
        return;
    }
    giveUp(QStringLiteral("%1 has no tab %2").arg(name, text));
}

void Ui::clickMenu(const QString& text)
{
    auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    if (menu == nullptr)
        giveUp(QStringLiteral("No menu is open for ") + text);
    for (QAction* entry : menu->actions()) {
        if (entry->text().remove(u'&') != text)
            continue;
        m_journey.countAction(QStringLiteral("menu %1").arg(text));
        mouse(*menu, menu->actionGeometry(entry).center());
        return;
    }
    giveUp(QStringLiteral("The menu has no ") + text);
}

void Ui::choose(const QString& combo, const QString& entry)
{
    auto& box = find<QComboBox>(combo);
    const int row = box.findText(entry);
    if (row < 0)
        giveUp(QStringLiteral("%1 does not offer %2").arg(combo, entry));
    click(combo);
    m_journey.countAction(QStringLiteral("choose %1").arg(entry));
    mouse(*box.view(), box.view()->visualRect(box.model()->index(row, box.modelColumn())).center());
}

void Ui::keys(const QKeySequence& keys)
{
    for (int i = 0; i < keys.count(); ++i) {
        const QKeyCombination chord = keys[static_cast<uint>(i)];
        QTest::keyClick(&focused(), chord.key(), chord.keyboardModifiers());
        settle();
    }
}

void Ui::press(const QKeySequence& chord)
{
    m_journey.countAction(QStringLiteral("press %1").arg(chord.toString()));
    keys(chord);
}

void Ui::characters(const QString& text)
{
    for (const QChar c : text) {
        m_journey.restartTime(); // What people wait for begins with the last key.
        if (c == u'\n')
            QTest::keyClick(&focused(), Qt::Key_Return);
        else
            QTest::keyEvent(QTest::Click, &focused(), c.toLatin1()); // Outside Latin-1 people paste.
        settle();
    }
}

void Ui::type(const QString& text)
{
    m_journey.countAction(QStringLiteral("type %1 characters").arg(text.size()));
    characters(text);
}

void Ui::fill(const QString& name, const QString& text)
{
    QWidget& widget = findWidget(name);
    m_journey.countAction(QStringLiteral("fill %1").arg(name));
    mouse(widget, widget.rect().center());
    keys(QKeySequence::SelectAll);
    characters(text);
}

void Ui::paste(const QString& name, const QString& text)
{
    QWidget& widget = findWidget(name);
    mouse(widget, widget.rect().center());
    keys(QKeySequence::SelectAll);
    paste(text);
}

void Ui::paste(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
    m_journey.countAction(QStringLiteral("paste %1 characters").arg(text.size()));
    keys(QKeySequence::Paste);
}

} // namespace castdeck::test
