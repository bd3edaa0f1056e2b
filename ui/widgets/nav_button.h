#pragma once

#include <QtWidgets/QAbstractButton>

#include <string>
#include <string_view>

namespace castdeck::ui {

/// One page in the navigation: icon, word, and a small number. Compact: the icon alone, the word as tooltip.
class NavButton : public QAbstractButton {
    Q_OBJECT

public:
    /// `action` is the one that goes there; the tooltip names its keys.
    NavButton(const QString& name, const QString& text, const QString& iconName, std::string_view action,
              QWidget* parent = nullptr);

    void setCompact(bool isCompact);
    void setNumber(const QString& number);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QString m_iconName;
    std::string m_action;
    QString m_number;
    bool m_isCompact = false;
};

} // namespace castdeck::ui
