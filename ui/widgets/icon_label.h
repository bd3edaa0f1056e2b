#pragma once

#include "ui/theme/colors.h"

#include <QtWidgets/QWidget>

namespace castdeck::ui {

/// An icon of the program's set as part of a page; follows the theme.
class IconLabel : public QWidget {
    Q_OBJECT

public:
    IconLabel(QString iconName, Tone tone, int size, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_iconName;
    Tone m_tone;
};

} // namespace castdeck::ui
