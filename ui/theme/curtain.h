#pragma once

#include <QtCore/QObject>
#include <QtCore/QString>

class QWidget;

namespace castdeck::ui {

/// Whether keys, secrets and addresses are hidden in every window, because others look on. Draws nothing by itself:
/// what shows one of them says so once with hideBehindCurtain(), or asks behindCurtain() for what it may show.
///
/// Thread: GUI.
class Curtain : public QObject {
    Q_OBJECT

public:
    static Curtain& instance();

    bool isDrawn() const noexcept { return m_isDrawn; }
    void setDrawn(bool isDrawn);

Q_SIGNALS:
    void changed(bool isDrawn);

private:
    bool m_isDrawn = false;
};

/// While the curtain is drawn, a plain area stands where the widget is, and it tells nothing by tooltip. It stays where
/// it is and works on: what is copied from it is copied.
void hideBehindCurtain(QWidget* widget);

/// The text, or dots while the curtain is drawn.
QString behindCurtain(const QString& text);

} // namespace castdeck::ui
