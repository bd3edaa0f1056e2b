#pragma once

#include <QtWidgets/QFrame>

class QSplitter;
class QToolButton;

namespace castdeck::ui {

class SendPage;

/// The composer beside the log: at its foot, or in a window of its own. It borrows the pane of page Send, of which
/// there is one, so that a message begun in one place goes on in the other.
///
/// Thread: GUI. Ownership: page, column and owner outlive it.
class ComposerDock : public QFrame {
    Q_OBJECT

public:
    static constexpr int usualHeight = 360; ///< Pixels.

    /// Where somebody wants the composer, whatever is shown at the moment.
    struct Place {
        bool isWanted = false; ///< Below the log.
        bool isFloating = false;
        int height = usualHeight; ///< At the foot.
    };

    /// At the foot it stands in `column`. It floats over the window of `owner`, while that is shown.
    ComposerDock(SendPage& page, QSplitter& column, QWidget& owner);

    const Place& place() const noexcept { return m_place; }
    void setPlace(const Place& place);
    /// What is shown: whether there is room at its foot, and whether it is page Send, which has the pane unless it
    /// floats.
    void showBeside(bool hasRoom, bool isPageSend);
    void enter(); ///< The cursor goes to the composer, wherever that is.

Q_SIGNALS:
    void pageRequested(); ///< Page Send is to be shown.

protected:
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildTools();
    void addKeys();
    void settle();
    void floatOverOwner();
    void standInColumn();
    void applyHeight();
    void takePane();
    void showTools();
    void setFloating(bool isFloating);

    SendPage& m_page;
    QSplitter& m_column;
    QWidget& m_owner;
    QToolButton* m_float;
    QToolButton* m_close;
    Place m_place;
    bool m_hasRoom = false;
    bool m_isPageSend = false;
};

} // namespace castdeck::ui
