#include "ui/widgets/secret_question.h"

#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtCore/QPointer>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

using State = remote::SecretVault::State;

SecretQuestion::SecretQuestion(remote::SecretVault& vault, QWidget* parent)
    : QFrame{parent}
    , m_vault{vault}
    , m_title{makeLabel({}, TextKind::Label)}
    , m_text{makeLabel({}, TextKind::Muted)}
    , m_session{makeButton(QStringLiteral("secrets.session"), tr("This session only"), {}, ButtonKind::Small)}
    , m_file{makeButton(QStringLiteral("secrets.file"), tr("File with passphrase…"), {}, ButtonKind::Small)}
    , m_again{makeButton(QStringLiteral("secrets.again"), tr("Try again"), {}, ButtonKind::Small)}
    , m_passphraseRow{new QWidget}
    , m_passphrase{new QLineEdit}
    , m_open{makeButton(QStringLiteral("secrets.open"), tr("Open"))}
    , m_problem{makeLabel({}, TextKind::Error)}
{
    setObjectName(QStringLiteral("secrets.question"));
    setProperty("area", QStringLiteral("well"));
    build();
    connect(&m_vault, &remote::SecretVault::stateChanged, this, &SecretQuestion::refresh);
    connect(m_session, &QPushButton::clicked, &m_vault, &remote::SecretVault::useSession);
    connect(m_again, &QPushButton::clicked, &m_vault, &remote::SecretVault::tryAgain);
    connect(m_file, &QPushButton::clicked, this, [this] {
        m_wantsFile = true;
        refresh();
        m_passphrase->setFocus();
    });
    connect(m_open, &QPushButton::clicked, this, &SecretQuestion::openFile);
    connect(m_passphrase, &QLineEdit::returnPressed, this, &SecretQuestion::openFile);
    refresh();
}

void SecretQuestion::build()
{
    m_text->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_passphrase->setObjectName(QStringLiteral("secrets.passphrase"));
    m_passphrase->setAccessibleName(tr("Passphrase"));
    m_passphrase->setPlaceholderText(tr("Passphrase"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    auto* row = new QHBoxLayout{m_passphraseRow};
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::small);
    row->addWidget(m_passphrase, 1);
    row->addWidget(m_open);
    auto* choices = new QHBoxLayout;
    choices->setSpacing(metrics::small);
    for (QPushButton* button : {m_session, m_file, m_again})
        choices->addWidget(button);
    choices->addStretch();
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::medium, metrics::medium, metrics::medium, metrics::medium);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addLayout(choices);
    layout->addWidget(m_passphraseRow);
    layout->addWidget(m_problem);
    m_problem->hide();
}

void SecretQuestion::refresh()
{
    const State state = m_vault.state();
    setVisible(state == State::Asking || state == State::Locked || state == State::Lost);
    m_session->setVisible(state != State::Locked);
    m_file->setVisible(state == State::Asking && m_vault.offersFile() && !m_wantsFile);
    m_again->setVisible(state != State::Locked);
    const bool isChosenAgain = state == State::Asking && m_vault.problem().empty();
    m_again->setText(isChosenAgain ? tr("Wallet of the desktop") : tr("Try again"));
    m_again->setAccessibleName(m_again->text());
    m_passphraseRow->setVisible(state == State::Locked || m_wantsFile);
    m_open->setText(m_vault.hasFile() ? tr("Open") : tr("Make the file"));
    m_open->setAccessibleName(m_open->text());
    switch (state) {
    case State::Locked:
        m_title->setText(tr("The file of secrets is locked"));
        m_text->setText(tr("Enter its passphrase to use the secrets of your profiles."));
        break;
    case State::Lost:
        m_title->setText(tr("The wallet that keeps your secrets does not answer"));
        m_text->setText(
            tr("Secrets entered meanwhile are held for this session and move to the wallet when it is back."));
        break;
    default:
        m_title->setText(tr("Where should secrets be kept?"));
        m_text->setText(
            isChosenAgain
                ? tr("In the wallet of this desktop, in a file with a passphrase, or nowhere. Until you choose, they "
                     "are held for this session.")
                : tr("This desktop has no wallet that works. Until you choose, secrets are held for this session and "
                     "forgotten when the program ends."));
    }
}

void SecretQuestion::openFile()
{
    const std::string passphrase = toStd(m_passphrase->text());
    m_problem->setVisible(passphrase.empty());
    m_problem->setText(tr("The passphrase is empty."));
    if (passphrase.empty())
        return;
    m_passphrase->clear();
    m_open->setEnabled(false);
    m_vault.useFile(passphrase, [self = QPointer{this}](const Result<void>& outcome) {
        if (!self)
            return;
        self->m_open->setEnabled(true);
        self->m_problem->setVisible(!outcome);
        if (outcome)
            return;
        self->m_problem->setText(outcome.error().kind == ErrorKind::Unauthorized
                                     ? tr("This is not the passphrase of the file.")
                                     : tr("The file cannot be used: %1.").arg(shownText(outcome.error().detail, 200)));
        self->m_passphrase->setFocus();
    });
}

} // namespace castdeck::ui
