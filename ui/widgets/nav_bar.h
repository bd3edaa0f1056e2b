#pragma once

#include <QtWidgets/QFrame>

#include <string_view>
#include <vector>

class QButtonGroup;

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
        std::string_view action; ///< "go.send"; the tooltip names its keys.
    };

    explicit NavBar(const std::vector<Page>& pages, QWidget* parent = nullptr);

    void setCurrent(int page); ///< -1 for none.
    void setPageVisible(int page, bool isVisible);
    void setNumber(int page, const QString& number);
    void setCompact(bool isCompact);

Q_SIGNALS:
    void chosen(int page);

private:
    QButtonGroup* m_group;
    std::vector<NavButton*> m_buttons;
};

} // namespace castdeck::ui
