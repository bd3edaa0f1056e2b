#pragma once

#include <QtCore/QPointer>
#include <QtCore/QString>
#include <QtWidgets/QFrame>

#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QListView;

namespace castdeck::ui {

/// One line of the command palette.
struct Command {
    QString icon;
    QString title;
    QString kind; ///< "Page", "Channel", the menu an action stands in.
    QString keys; ///< "Ctrl+K", or "".
    std::function<void()> run;
};

/// Finds and runs a command by a few of its letters. Lies over the window, goes on Esc, on a click elsewhere, and when
/// something was chosen.
class CommandPalette : public QFrame {
    Q_OBJECT

public:
    /// `collect` is asked each time the palette opens.
    CommandPalette(std::function<std::vector<Command>()> collect, QWidget* window);

    void open(const QString& typed = {});

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Model;

    void build();
    void place();
    void search(const QString& typed);
    void runCurrent();
    void leave();
    void move(int rows);

    std::function<std::vector<Command>()> m_collect;
    std::vector<Command> m_commands;
    Model* m_model;
    QLineEdit* m_field;
    QListView* m_list;
    QLabel* m_nothing;
    QPointer<QWidget> m_focusBefore;
};

} // namespace castdeck::ui
