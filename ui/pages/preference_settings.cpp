#include "ui/pages/preference_settings.h"

#include "ui/models/preferences.h"
#include "ui/pages/settings_page.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/segmented.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSpinBox>

namespace castdeck::ui {

namespace {

struct Number {
    QString group;
    QString title;
    QString hint;
    QString suffix;
    Preference preference;
    QString name;
};

QString tr(const char* text)
{
    return SettingsPage::tr(text);
}

QSpinBox* makeNumber(const Number& row, Preferences& preferences)
{
    constexpr int width = 208;
    const PreferenceRange range = rangeOf(row.preference);
    auto* number = new QSpinBox;
    number->setObjectName(row.name);
    number->setAccessibleName(row.title);
    number->findChild<QLineEdit*>()->setAccessibleName(row.title); // It is what has the focus.
    number->setRange(range.least, range.most);
    number->setValue(preferences.value(row.preference));
    number->setSuffix(row.suffix);
    number->setGroupSeparatorShown(true);
    number->setKeyboardTracking(false); // A number that is half typed would throw rows away.
    number->setFixedSize(width, metrics::control);
    number->setToolTip(tr("Usually %1").arg(range.usual) + row.suffix);
    QObject::connect(number, &QSpinBox::valueChanged, &preferences,
                     [&preferences, which = row.preference](int value) { preferences.set(which, value); });
    return number;
}

void addStart(SettingsPage& page, Preferences& preferences)
{
    auto* start = new QCheckBox{tr("With the window")};
    start->setObjectName(QStringLiteral("settings.start"));
    start->setAccessibleName(tr("The server of this program starts with the window"));
    start->setChecked(preferences.value(Preference::StartServer) != 0);
    page.addRow(QStringLiteral("general"), tr("Start the server of this program"),
                tr("Else it waits for Start. Counts from the next start of the program on."), start);
    QObject::connect(start, &QCheckBox::toggled, &preferences,
                     [&preferences](bool isOn) { preferences.set(Preference::StartServer, isOn ? 1 : 0); });
}

void addAskRule(SettingsPage& page, Preferences& preferences)
{
    auto* rule = new Segmented{{{QStringLiteral("settings.ask.production"), tr("Production")},
                                {QStringLiteral("settings.ask.elsewhere"), tr("Servers elsewhere")},
                                {QStringLiteral("settings.ask.always"), tr("Always")}}};
    rule->setTall();
    rule->setCurrent(preferences.value(Preference::AskRule));
    page.addRow(QStringLiteral("sending"), tr("Ask before sending"),
                tr("Shows once more what goes where, and wants the name of the channel. Production always asks."),
                rule);
    QObject::connect(rule, &Segmented::chosen, &preferences,
                     [&preferences](int chosen) { preferences.set(Preference::AskRule, chosen); });
}

} // namespace

void addPreferenceSettings(SettingsPage& page, Preferences& preferences)
{
    const QString log = QStringLiteral("log");
    const Number numbers[] = {
        {log, tr("Hold in memory"), tr("Per server; older rows are read from the disk."), tr(" thousand rows"),
         Preference::MemoryRows, QStringLiteral("settings.log.memory")},
        {log, tr("Keep rows for"), tr("Older rows of the log go from the disk."), tr(" days"), Preference::LogDays,
         QStringLiteral("settings.log.days")},
        {log, tr("Keep at most"), tr("The oldest rows make room, those of all servers together."), tr(" thousand rows"),
         Preference::LogRows, QStringLiteral("settings.log.rows")},
        {log, tr("Use at most"), tr("The whole file on disk. Rows of the log make room, nothing else does."), tr(" MB"),
         Preference::LogMegabytes, QStringLiteral("settings.log.megabytes")},
        {QStringLiteral("sending"), tr("Remember what was sent"), tr("The history finds them, also from earlier runs."),
         tr(" thousand messages"), Preference::SentRows, QStringLiteral("settings.sent.rows")},
        {QStringLiteral("security"), tr("Unlock production for"), tr("Then it is read-only again by itself."),
         tr(" minutes"), Preference::UnlockMinutes, QStringLiteral("settings.unlock")},
    };
    addStart(page, preferences);
    addAskRule(page, preferences);
    for (const Number& row : numbers)
        page.addRow(row.group, row.title, row.hint, makeNumber(row, preferences));
}

} // namespace castdeck::ui
