#include "ui/widgets/choice_boxes.h"

#include "ui/text/shown_text.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>

#include <algorithm>

namespace castdeck::ui {

void showApps(QComboBox& box, const std::vector<hub::AppConfig>& apps)
{
    const QSignalBlocker silence{box};
    const QVariant chosen = box.currentData();
    box.clear();
    for (const hub::AppConfig& app : apps)
        box.addItem(shownText(app.name.empty() ? app.id : app.name, 64), toQt(app.id));
    box.setCurrentIndex(std::max(0, box.findData(chosen)));
}

void showConnections(QComboBox& box, const ConnectionChoices& choices)
{
    const QSignalBlocker silence{box};
    const QVariant chosen = box.currentData();
    box.clear();
    for (const ConnectionChoice& each : choices.list)
        box.addItem(each.text, toQt(each.name));
    const int kept = chosen.isValid() ? box.findData(chosen) : 0;
    box.setCurrentIndex(kept >= 0 ? kept : choices.preferred);
}

} // namespace castdeck::ui
