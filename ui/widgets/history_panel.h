#pragma once

#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace castdeck::ui {

class HistoryList;
class HistoryModel;
struct SentMessage;

/// What was sent, to be folded away: a search field where an archive stands behind it, and the list. In the field Down
/// goes to the list; in the list Enter opens the message.
class HistoryPanel : public QWidget {
    Q_OBJECT

public:
    explicit HistoryPanel(HistoryModel* model, QWidget* parent = nullptr);

    void setListShown(bool isShown);
    bool isListShown() const;
    void enter();   ///< Shows the list and takes the focus, in the search field where there is one.
    void refresh(); ///< After the model got another archive.

Q_SIGNALS:
    void opened(const castdeck::ui::SentMessage& message);
    void foldPressed(); ///< Somebody wants the list shown, or folded away.

private:
    QWidget* buildHead();
    void showState();
    bool eventFilter(QObject* watched, QEvent* event) override;

    HistoryModel* m_model;
    QPushButton* m_fold;
    QLineEdit* m_search;
    HistoryList* m_list;
    QStackedWidget* m_stack;
};

} // namespace castdeck::ui
