#pragma once

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <memory>
#include <string>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace castdeck::ui {

class HexView;
class JsonHighlighter;
class JsonTreeModel;
class Segmented;

/// A payload as it was sent: pretty, raw, as a tree, as bytes. Copy gives the exact bytes, whichever view is on. What
/// other programs may read differently is pointed out above.
///
/// Long payloads come in parts, so that the window never waits: up to 256 KB by themselves, the rest when asked for.
class PayloadView : public QWidget {
    Q_OBJECT

public:
    enum View { Pretty, Raw, Tree, Hex };

    explicit PayloadView(const QString& name, QWidget* parent = nullptr);

    /// Null shows that there is none.
    void setPayload(std::shared_ptr<const std::string> payload);
    void setView(View view);
    QPlainTextEdit* text() const { return m_text; }
    bool isLoading() const { return m_parts.isActive(); } ///< More parts are on their way.

private:
    QWidget* buildHead();
    void buildViews(const QString& name);
    void connectAll();
    void showPayload();
    void showText();
    void appendPart();
    void showNotes();
    void showAllButton();
    bool isWhole() const;
    void copyPayload();
    void changeEvent(QEvent* event) override;

    std::shared_ptr<const std::string> m_payload;
    bool m_isJson = false;
    bool m_showsAll = false;
    View m_wanted = Pretty; ///< What somebody chose last; a payload that is no JSON has only two views.
    std::shared_ptr<const std::string> m_source; ///< What the text view shows: the payload, or it pretty.
    bool m_isSourceCut = false;                  ///< It holds only the first part of the pretty text.
    std::size_t m_at = 0;                        ///< Bytes of the source that the text view has.
    Segmented* m_view;
    QLabel* m_size;
    QPushButton* m_copy;
    QToolButton* m_wrap;
    QLabel* m_notes;
    QPushButton* m_all;
    QStackedWidget* m_stack;
    QPlainTextEdit* m_text;
    QTreeView* m_tree;
    JsonTreeModel* m_treeModel;
    HexView* m_hex;
    JsonHighlighter* m_highlighter;
    QTimer m_parts;
    QTimer m_notesDelay;
};

} // namespace castdeck::ui
