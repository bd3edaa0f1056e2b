#pragma once

#include <QtWidgets/QFrame>

#include <vector>

class QButtonGroup;
class QLabel;

namespace castdeck::ui {

class NavButton;

/// The pages at the left edge. In a narrow window only the icons stay.
class NavBar : public QFrame {
    Q_OBJECT

public:
    struct Page {
        QString name; ///< "send" for nav.send.
        QString text;
        QString icon;
    };

    explicit NavBar(const std::vector<Page>& pages, QWidget* parent = nullptr);

    void setCurrent(int page);
    void setNumber(int page, const QString& number);
    void setCompact(bool isCompact);

Q_SIGNALS:
    void chosen(int page);

private:
    void changeEvent(QEvent* event) override;
    void showMark();

    QLabel* m_mark;
    QLabel* m_brand;
    QLabel* m_hint;
    QButtonGroup* m_group;
    std::vector<NavButton*> m_buttons;
};

} // namespace castdeck::ui
