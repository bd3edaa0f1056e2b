#pragma once

#include "ui/theme/colors.h"

#include <QtWidgets/QAbstractButton>

namespace castdeck::ui {

/// A pill with an icon, a word and a quieter remark ("12", "3 subscribers"). A checkable one is a switch; one that can
/// be removed has a cross for the mouse, the keyboard works on what holds the chips.
class Chip : public QAbstractButton {
    Q_OBJECT

public:
    enum class Use { Switch, Information, Removable };

    explicit Chip(Use use, QWidget* parent = nullptr);

    void setLook(const QString& iconName, Tone tone);
    void setRemark(const QString& remark);
    const QString& remark() const noexcept { return m_remark; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void removeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QRect crossArea() const;

    Use m_use;
    QString m_iconName;
    Tone m_tone = Tone::Muted;
    QString m_remark;
};

} // namespace castdeck::ui
