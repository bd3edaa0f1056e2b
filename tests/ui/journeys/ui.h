#pragma once

#include "tests/ui/journeys/journey.h"
#include "tests/ui/journeys/waiting.h"

#include <QtGui/QKeySequence>
#include <QtWidgets/QWidget>

#include <type_traits>

class QAbstractItemView;

namespace castdeck::test {

/// The hands of somebody in front of the window: finds what can be seen by its objectName, clicks, types and presses
/// keys. Each public verb is one action of the journey, unless it says otherwise; typing into a field includes going
/// there. After each key and click the event loop gets its turn, as it does between those of people.
///
/// What is not there, cannot be seen or is covered ends the test, as it would end the journey.
class Ui {
public:
    explicit Ui(Journey& journey) : m_journey{journey} {}

    /// The visible widget of that name in any window, those opened last first. No action. Waits for it for a while.
    template <typename T = QWidget> T& find(const QString& name) const
    {
        QWidget& found = findWidget(name);
        if constexpr (std::is_same_v<T, QWidget>)
            return found;
        auto* const widget = qobject_cast<T*>(&found);
        if (widget == nullptr)
            giveUp(name + QStringLiteral(" is a ") + QString::fromLatin1(found.metaObject()->className()));
        return *widget;
    }
    /// Whether it can be seen. No action.
    bool isShown(const QString& name) const { return look(name) != nullptr; }
    /// What it says: its text, or for what has none that of the labels in it. No action.
    QString textOf(const QString& name) const;

    void click(const QString& name);
    void doubleClick(const QString& name);
    /// At a place inside it, such as a mark in an editor.
    void clickAt(QWidget& widget, const QPoint& place);
    void clickRow(const QString& view, int row, int column = 0);
    /// The tab with that text of a tab bar or a tab widget.
    void clickTab(const QString& name, const QString& text);
    /// The text of an entry of the menu that is open.
    void clickMenu(const QString& text);
    /// Opens the list of a combo box and takes an entry: two actions.
    void choose(const QString& combo, const QString& entry);

    void press(const QKeySequence& keys);
    /// Into what has the focus.
    void type(const QString& text);
    /// Into a field, in place of what was there.
    void fill(const QString& name, const QString& text);
    /// The text comes from elsewhere through the clipboard.
    void paste(const QString& name, const QString& text);
    void paste(const QString& text);

private:
    QWidget* look(const QString& name) const;
    QWidget& findWidget(const QString& name) const;
    void mouse(QWidget& widget, const QPoint& place, bool isDouble = false);
    void keys(const QKeySequence& keys);
    void characters(const QString& text);

    Journey& m_journey;
};

} // namespace castdeck::test
