#include "app/castdeck/window_state.h"

#include "ui/main_window.h"

#include <QtCore/QMetaEnum>
#include <QtCore/QSettings>

namespace castdeck::app {

namespace {

QString fileIn(const QString& folder)
{
    return folder + QStringLiteral("/window.ini");
}

const QString geometryKey = QStringLiteral("window/geometry");
const QString themeKey = QStringLiteral("window/theme");

} // namespace

void restoreWindow(const QString& folder, ui::MainWindow& window, ui::Theme& theme)
{
    const QSettings settings{fileIn(folder), QSettings::IniFormat};
    window.restoreGeometry(settings.value(geometryKey).toByteArray());
    bool isKnown = false;
    const int choice = QMetaEnum::fromType<ui::Theme::Choice>().keyToValue(
        settings.value(themeKey).toString().toLatin1().constData(), &isKnown);
    if (isKnown)
        theme.setChoice(static_cast<ui::Theme::Choice>(choice));
}

void saveWindow(const QString& folder, const ui::MainWindow& window, const ui::Theme& theme)
{
    QSettings settings{fileIn(folder), QSettings::IniFormat};
    settings.setValue(geometryKey, window.saveGeometry());
    settings.setValue(themeKey, QString::fromLatin1(QMetaEnum::fromType<ui::Theme::Choice>().valueToKey(
                                    static_cast<int>(theme.choice()))));
}

} // namespace castdeck::app
