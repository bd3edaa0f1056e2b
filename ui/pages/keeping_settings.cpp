#include "ui/pages/keeping_settings.h"

#include "ui/models/preferences.h"
#include "ui/pages/settings_page.h"
#include "ui/theme/metrics.h"

#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSpinBox>

namespace castdeck::ui {

namespace {

struct Row {
    QString group;
    QString title;
    QString hint;
    QString suffix;
    Preference preference;
    QString name;
};

QSpinBox* makeNumber(const Row& row, Preferences& preferences)
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
    number->setToolTip(SettingsPage::tr("Usually %1").arg(range.usual) + row.suffix);
    QObject::connect(number, &QSpinBox::valueChanged, &preferences,
                     [&preferences, which = row.preference](int value) { preferences.set(which, value); });
    return number;
}

} // namespace

void addKeepingSettings(SettingsPage& page, Preferences& preferences)
{
    const auto tr = [](const char* text) { return SettingsPage::tr(text); };
    const QString log = QStringLiteral("log");
    const Row rows[] = {
        {log, tr("Keep rows for"), tr("Older rows of the log go from the disk."), tr(" days"), Preference::LogDays,
         QStringLiteral("settings.log.days")},
        {log, tr("Keep at most"), tr("The oldest rows make room, those of all servers together."), tr(" thousand rows"),
         Preference::LogRows, QStringLiteral("settings.log.rows")},
        {log, tr("Use at most"), tr("The whole file on disk. Rows of the log make room, nothing else does."), tr(" MB"),
         Preference::LogMegabytes, QStringLiteral("settings.log.megabytes")},
        {QStringLiteral("sending"), tr("Remember what was sent"), tr("The history finds them, also from earlier runs."),
         tr(" thousand messages"), Preference::SentRows, QStringLiteral("settings.sent.rows")},
    };
    for (const Row& row : rows)
        page.addRow(row.group, row.title, row.hint, makeNumber(row, preferences));
}

} // namespace castdeck::ui
