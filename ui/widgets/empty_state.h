#pragma once

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace castdeck::ui {

/// What stands where a list would be: an icon, a title, a sentence, and the button that helps, or two.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    struct Content {
        QString icon;
        QString title;
        QString sentence;
        QString button;   ///< No button when empty.
        QString second{}; ///< What else may help; no second button when empty.
    };

    /// The second button is `buttonName`.second.
    explicit EmptyState(const QString& buttonName, QWidget* parent = nullptr);

    void setContent(const Content& content);
    QPushButton* button() const { return m_button; }
    QPushButton* secondButton() const { return m_second; }
    void addBelow(QWidget* widget); ///< Under the buttons.

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_sentence;
    QPushButton* m_button;
    QPushButton* m_second;
    QVBoxLayout* m_below;
    QString m_iconName;

    void changeEvent(QEvent* event) override;
    void fitSentence();
    void showIcon();
};

} // namespace castdeck::ui
