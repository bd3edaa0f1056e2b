#include "ui/pages/secret_settings.h"

#include "core/remote/secret_vault.h"
#include "ui/pages/settings_page.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

#include <utility>

namespace castdeck::ui {

namespace {

using State = remote::SecretVault::State;

QString placeWords(const remote::SecretVault& vault)
{
    switch (vault.state()) {
    case State::Checking: return SettingsPage::tr("looking for a wallet");
    case State::Asking: return SettingsPage::tr("not chosen yet");
    case State::Locked: return SettingsPage::tr("in a file that is locked");
    case State::Lost: return SettingsPage::tr("in a wallet that does not answer");
    case State::Ready: break;
    }
    switch (vault.place()) {
    case remote::SecretPlace::Wallet: return SettingsPage::tr("in the wallet of the desktop");
    case remote::SecretPlace::File: return SettingsPage::tr("in a file with a passphrase");
    case remote::SecretPlace::Undecided:
    case remote::SecretPlace::Session: break;
    }
    return SettingsPage::tr("nowhere, for this session only");
}

} // namespace

void addSecretSettings(SettingsPage& page, remote::SecretVault& vault,
                       std::function<std::vector<std::string>()> profileIds, std::function<void()> ask)
{
    auto* control = new QWidget;
    QLabel* place = makeLabel({}, TextKind::Muted);
    place->setObjectName(QStringLiteral("settings.secrets.place"));
    QPushButton* again = makeButton(QStringLiteral("settings.secrets.again"), SettingsPage::tr("Choose again"));
    auto* row = new QHBoxLayout{control};
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::medium);
    row->addWidget(place);
    row->addWidget(again);
    page.addRow(QStringLiteral("security"), SettingsPage::tr("Secrets of profiles"),
                SettingsPage::tr("Chosen anew, they move to the other place."), control);
    const auto show = [place, &vault] { place->setText(placeWords(vault)); };
    QObject::connect(&vault, &remote::SecretVault::stateChanged, place, show);
    QObject::connect(again, &QPushButton::clicked, &vault,
                     [&vault, profileIds = std::move(profileIds), ask = std::move(ask)] {
                         vault.chooseAgain(profileIds());
                         ask();
                     });
    show();
}

} // namespace castdeck::ui
