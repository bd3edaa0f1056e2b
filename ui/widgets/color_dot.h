#pragma once

#include "ui/theme/colors.h"

#include <QtWidgets/QWidget>

namespace castdeck::ui {

/// A small disc in a tone, beside a word that says the same.
class ColorDot : public QWidget {
    Q_OBJECT

public:
    explicit ColorDot(Tone tone, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone m_tone;
};

} // namespace castdeck::ui
