#pragma once

#include "ui/theme/colors.h"

#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QString>

class QWidget;

namespace castdeck::ui {

/// Light or dark for the whole program: palette, style sheet and the colours that painting code asks for.
///
/// The style sheet is that of each window, not of the application: under one of the application Qt styles a part anew,
/// down to its last child, each time it is put into another one that no window has yet, which was half of a start.
///
/// Thread: GUI. One lives as long as the application; a change repaints everything without a restart.
class Theme : public QObject {
    Q_OBJECT

public:
    enum class Choice { System, Light, Dark };
    Q_ENUM(Choice)

    explicit Theme(QObject* parent = nullptr);

    Choice choice() const noexcept { return m_choice; }
    void setChoice(Choice choice);
    /// What the desktop prefers; counts while the choice is System.
    void setSystemIsDark(bool isDark);

    /// Size of type in percent of the usual one, between smallestZoom and largestZoom.
    int zoom() const noexcept { return m_zoom; }
    void setZoom(int percent);
    static constexpr int smallestZoom = 80;
    static constexpr int largestZoom = 150;
    static constexpr int zoomStep = 10;

    /// Colours in force. Light until a Theme exists.
    static const Colors& colors();

    /// Gives a window the style sheet, also the ones to come. Popups without a parent, such as the list under a line
    /// that completes, have it anyway.
    void dress(QWidget& window);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void apply();
    void resizeWidgets(int oldZoom) const;

    Choice m_choice = Choice::System;
    bool m_systemIsDark;
    int m_zoom = 100;
    QString m_styleSheet;
    QList<QPointer<QWidget>> m_dressed;
};

} // namespace castdeck::ui
