#include "ui/pages/about_settings.h"

#include "ui/pages/settings_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QSysInfo>
#include <QtGui/QGuiApplication>
#include <QtGui/QScreen>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace castdeck::ui {

namespace {

QString version()
{
    const QString known = QCoreApplication::applicationVersion();
    return known.isEmpty() ? SettingsPage::tr("development version") : known;
}

/// In English, whatever the window speaks: it is for who mends the program. Names no server, no folder and no person.
QString problemReport(int zoom)
{
    QStringList screens;
    for (const QScreen* screen : QGuiApplication::screens())
        screens << QStringLiteral("%1 x %2 at %3")
                       .arg(screen->size().width())
                       .arg(screen->size().height())
                       .arg(screen->devicePixelRatio());
    const std::pair<const char*, QString> lines[] = {
        {"Castdeck", version()},
        {"Qt", QString::fromLatin1(qVersion())},
        {"System", QSysInfo::prettyProductName()},
        {"Kernel", QSysInfo::kernelType() + u' ' + QSysInfo::kernelVersion()},
        {"Processor", QSysInfo::currentCpuArchitecture()},
        {"Display", QGuiApplication::platformName()},
        {"Screens", screens.join(QStringLiteral(", "))},
        {"Language", QLocale::system().name()},
        {"Type size", QStringLiteral("%1 %").arg(zoom)},
    };
    QString text;
    for (const auto& [name, value] : lines)
        text += QStringLiteral("%1: %2\n").arg(QLatin1String{name}, value);
    return text + QStringLiteral("\nWhat I did:\n\nWhat I expected:\n\nWhat happened:\n");
}

} // namespace

void addAboutSettings(SettingsPage& page, const Theme& theme)
{
    const auto tr = [](const char* text) { return SettingsPage::tr(text); };
    const QString group = QStringLiteral("about");
    page.addRow(group, tr("Castdeck"), tr("A broadcasting console with a server inside."),
                makeLabel(version(), TextKind::Muted));
    page.addRow(group, tr("Qt"), {}, makeLabel(QString::fromLatin1(qVersion()), TextKind::Muted));
    page.addRow(group, tr("Licence"),
                tr("Apache License 2.0. Libraries keep their own: Qt (LGPL 3), QtKeychain, "
                   "Boost, OpenSSL, libsodium, hiredis, PCRE2, SQLite, JSON for Modern C++, CLI11."),
                nullptr);
    QPushButton* report = makeButton(QStringLiteral("settings.report"), tr("Copy a report"));
    page.addRow(group, tr("Something is wrong?"),
                tr("The report has the versions and what to fill in. No server, key or folder is named."), report);
    QObject::connect(report, &QPushButton::clicked, &page,
                     [report, &theme] { copyWithNotice(report, problemReport(theme.zoom())); });
}

} // namespace castdeck::ui
