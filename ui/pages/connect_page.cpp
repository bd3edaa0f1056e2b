#include "ui/pages/connect_page.h"

#include "ui/bridge/profile_endpoint.h"
#include "ui/pages/profile_form.h"
#include "ui/text/paste_reader.h"
#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/doctor_view.h"
#include "ui/widgets/secret_question.h"

#include <QtCore/QPointer>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>

#include <chrono>
#include <utility>

namespace castdeck::ui {

namespace {

constexpr int pasteLines = 4;
constexpr int narrowestCheck = 380;
constexpr int widestCheck = 480;
constexpr int formWidth = 620;

} // namespace

ConnectPage::ConnectPage(ProfileBook& book, remote::SecretVault& vault, QWidget* parent)
    : QFrame{parent}
    , m_book{book}
    , m_vault{vault}
    , m_title{makeLabel({}, TextKind::Title)}
    , m_paste{new QPlainTextEdit}
    , m_summary{makeLabel({}, TextKind::Hint)}
    , m_form{new ProfileForm}
    , m_doctorView{new DoctorView}
    , m_remove{makeButton(QStringLiteral("connect.remove"), tr("Remove…"))}
    , m_save{makeButton(QStringLiteral("connect.save"), tr("Save"))}
    , m_connect{makeButton(QStringLiteral("connect.run"), tr("Connect"), QStringLiteral("play"), ButtonKind::Primary)}
    , m_cancel{makeButton(QStringLiteral("connect.cancel"), tr("Cancel"))}
    , m_confirm{new ConfirmBar{QStringLiteral("connect.sure"), ConfirmBar::Shape::Line}}
{
    setObjectName(QStringLiteral("page.connect"));
    setProperty("area", QStringLiteral("page"));
    setFocusProxy(m_paste);
    build();
    connect(m_paste, &QPlainTextEdit::textChanged, this, &ConnectPage::readPaste);
    connect(m_form, &ProfileForm::submitted, this, &ConnectPage::connectNow);
    connect(m_form, &ProfileForm::edited, this, &ConnectPage::stopCheck);
    connect(m_doctorView, &DoctorView::remedyChosen, this, &ConnectPage::applyRemedy);
    connect(m_connect, &QPushButton::clicked, this, &ConnectPage::connectNow);
    connect(m_remove, &QPushButton::clicked, this, &ConnectPage::askToRemove);
    connect(m_save, &QPushButton::clicked, this, &ConnectPage::save);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (isChecking())
            stopCheck();
        else
            Q_EMIT cancelled();
    });
    startNew();
}

ConnectPage::~ConnectPage() = default;

void ConnectPage::build()
{
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::small);
    head->addWidget(m_title, 1);
    head->addWidget(m_remove);
    head->addWidget(m_cancel);
    head->addWidget(m_save);
    head->addWidget(m_connect);

    auto* left = new QWidget;
    left->setMaximumWidth(formWidth);
    auto* fields = new QVBoxLayout{left};
    fields->setContentsMargins(0, 0, metrics::tiny, 0);
    fields->setSpacing(metrics::large);
    fields->addWidget(buildPaste());
    fields->addWidget(m_form);
    fields->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(left);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* side = new QScrollArea;
    auto* check = new QWidget;
    auto* checkLayout = new QVBoxLayout{check};
    checkLayout->setContentsMargins(0, 0, 0, 0);
    checkLayout->setSpacing(metrics::large);
    checkLayout->addWidget(m_doctorView);
    checkLayout->addWidget(new SecretQuestion{m_vault});
    checkLayout->addStretch(1);
    side->setWidget(check);
    side->setWidgetResizable(true);
    side->setFrameShape(QFrame::NoFrame);
    side->setFocusPolicy(Qt::NoFocus);
    side->setMinimumWidth(narrowestCheck);
    side->setMaximumWidth(widestCheck);
    side->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* columns = new QHBoxLayout;
    columns->setSpacing(metrics::page);
    columns->addWidget(scroll, 3);
    columns->addWidget(side, 2);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::large);
    layout->setSpacing(metrics::large);
    layout->addLayout(head);
    layout->addWidget(m_confirm);
    layout->addLayout(columns, 1);
}

QWidget* ConnectPage::buildPaste()
{
    hideBehindCurtain(m_paste);
    m_paste->setObjectName(QStringLiteral("connect.paste"));
    m_paste->setAccessibleName(tr("Paste anything"));
    m_paste->setPlaceholderText(
        tr("Your .env, JSON, an address, a curl line,\nor the new Pusher(…) call of your page; then press Enter"));
    m_paste->setFont(codeFont());
    m_paste->setTabChangesFocus(true);
    m_paste->document()->setDocumentMargin(metrics::small);
    m_paste->setFixedHeight(pasteLines * m_paste->fontMetrics().lineSpacing() + 2 * metrics::small + 2);
    m_paste->installEventFilter(this);
    m_summary->setObjectName(QStringLiteral("connect.found"));
    m_summary->setWordWrap(true);
    auto* box = new QWidget;
    QLabel* caption = makeLabel(tr("Paste anything"), TextKind::Label);
    caption->setBuddy(m_paste);
    auto* layout = new QVBoxLayout{box};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(caption);
    layout->addWidget(m_paste);
    layout->addWidget(m_summary);
    return box;
}

void ConnectPage::startNew()
{
    stopCheck();
    m_title->setText(tr("Connect to a server"));
    Profile fresh;
    fresh.color = m_book.freeColor(); // What the form shows is what it will have.
    m_form->setProfile(fresh, {});
    m_paste->clear();
    showSummary(tr("What is found fills the form below. It stays on this computer."), {});
    m_doctorView->reset({});
    showEditing();
    m_paste->setFocus();
}

void ConnectPage::edit(const std::string& profileId)
{
    showKept(profileId, [] {});
}

void ConnectPage::check(const std::string& profileId)
{
    showKept(profileId, [this] { connectNow(); });
}

void ConnectPage::showKept(const std::string& profileId, std::function<void()> whenSecretIsThere)
{
    const Profile* const profile = m_book.find(profileId);
    if (profile == nullptr || profile->kind != Profile::Kind::Pusher)
        return;
    startNew();
    m_title->setText(tr("Server %1").arg(shownText(toStd(profile->name), 64)));
    m_form->setProfile(*profile, {});
    showEditing();
    m_doctorView->reset(*profile);
    m_connect->setFocus();
    m_vault.read(profileId, [self = QPointer{this}, profileId,
                             then = std::move(whenSecretIsThere)](const Result<std::string>& found) {
        if (!self || !found || self->m_form->profile().id != profileId || !self->m_form->secret().empty())
            return;
        self->m_form->setSecret(*found);
        then();
    });
}

void ConnectPage::paste(const QString& text)
{
    m_paste->setPlainText(text);
}

void ConnectPage::readPaste()
{
    const QString text = m_paste->toPlainText();
    if (text.trimmed().isEmpty())
        return;
    const Pasted pasted = readPasted(toStd(text));
    showSummary(pasted.summary, pasted.notes);
    if (pasted.isEmpty())
        return;
    stopCheck();
    m_form->apply(pasted);
    m_doctorView->reset(m_form->profile());
    // The text may hold a secret, which is not for everybody who looks over a shoulder.
    const QSignalBlocker blocker{m_paste};
    m_paste->clear();
}

void ConnectPage::showSummary(const QString& summary, const QStringList& notes)
{
    m_summary->setText(notes.isEmpty() ? summary : summary + QLatin1Char{'\n'} + notes.join(QLatin1Char{'\n'}));
}

bool ConnectPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_paste || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!isEnter || key->modifiers().testFlag(Qt::ShiftModifier))
        return false;
    connectNow();
    return true;
}

void ConnectPage::connectNow()
{
    if (isChecking())
        return;
    const Profile profile = m_form->profile();
    auto options = doctorOptionsOf(profile, m_form->secret());
    if (!options) {
        m_form->showProblem(toQt(options.error().detail));
        m_form->focusOnMissing();
        return;
    }
    m_form->showProblem({});
    m_doctorView->reset(profile);
    m_doctor = std::make_unique<remote::ConnectionDoctor>(*std::move(options));
    connect(m_doctor.get(), &remote::ConnectionDoctor::stepStarted, m_doctorView, &DoctorView::startStep);
    connect(m_doctor.get(), &remote::ConnectionDoctor::stepEnded, m_doctorView, &DoctorView::showFinding);
    connect(m_doctor.get(), &remote::ConnectionDoctor::finished, this, &ConnectPage::checkEnded);
    setChecking(true);
    m_doctor->start();
}

void ConnectPage::stopCheck()
{
    if (!isChecking())
        return;
    m_doctor->disconnect(this);
    m_doctor.reset();
    setChecking(false);
    m_doctorView->reset(m_form->profile());
}

void ConnectPage::checkEnded(bool isHealthy)
{
    m_doctor.release()->deleteLater(); // We are inside its signal.
    setChecking(false);
    m_doctorView->showEnd(isHealthy);
    if (isHealthy)
        keep();
}

void ConnectPage::setChecking(bool isChecking)
{
    m_connect->setEnabled(!isChecking);
    m_connect->setText(isChecking ? tr("Checking…") : tr("Connect"));
    m_cancel->setText(isChecking ? tr("Stop") : tr("Cancel"));
    m_cancel->setAccessibleName(m_cancel->text());
}

void ConnectPage::applyRemedy(DoctorRemedy remedy, const remote::DoctorFinding& finding)
{
    switch (remedy) {
    case DoctorRemedy::TrustCertificate:
        if (!finding.certificate)
            return;
        m_form->setPinnedCertificate(finding.certificate->fingerprint);
        return connectNow();
    case DoctorRemedy::UsePlainHttp: m_form->setTls(false); return connectNow();
    case DoctorRemedy::UseTls: m_form->setTls(true); return connectNow();
    case DoctorRemedy::ChangePath:
        if (!finding.betterPath)
            return m_form->focusOn(remedy);
        m_form->setPath(*finding.betterPath);
        return connectNow();
    case DoctorRemedy::CheckAgain: return connectNow();
    default: return m_form->focusOn(remedy);
    }
}

bool ConnectPage::isEditing() const
{
    return m_book.find(m_form->profile().id) != nullptr;
}

/// What is in the book can be kept as it is, and be taken out of it.
void ConnectPage::showEditing()
{
    m_confirm->cancel();
    m_remove->setVisible(isEditing());
    m_save->setVisible(isEditing());
}

void ConnectPage::save()
{
    if (!isEditing())
        return;
    stopCheck();
    // Without its secret it can be kept, not connected.
    const std::string secret = m_form->secret();
    const auto options = doctorOptionsOf(m_form->profile(), secret.empty() ? "?" : secret);
    if (!options) {
        m_form->showProblem(toQt(options.error().detail));
        return m_form->focusOnMissing();
    }
    Q_EMIT saved(store());
}

void ConnectPage::askToRemove()
{
    if (!isEditing())
        return;
    stopCheck();
    const Profile profile = *m_book.find(m_form->profile().id);
    m_confirm->ask(tr("Remove %1? It is closed, and its address, key and secret are forgotten.")
                       .arg(shownText(toStd(profile.name), 64)),
                   tr("Remove"), [this, profile] {
                       m_book.remove(profile.id);
                       startNew();
                       Q_EMIT removed(profile.name);
                   });
}

/// In the book and the vault, with the id it has there.
Profile ConnectPage::store()
{
    Profile profile = m_form->profile();
    const std::string secret = m_form->secret();
    const bool isNew = profile.id.empty();
    if (isNew)
        profile.id = m_book.add(profile);
    else
        m_book.update(profile);
    profile = *m_book.find(profile.id);
    if (!secret.empty())
        m_vault.write(profile.id, secret, [self = QPointer{this}](const Result<void>& outcome) {
            if (self && !outcome)
                self->m_form->showProblem(
                    tr("The secret was not kept: %1.").arg(shownText(outcome.error().detail, 200)));
        });
    m_form->setProfile(profile, secret);
    showEditing();
    return profile;
}

void ConnectPage::keep()
{
    const std::string secret = m_form->secret();
    const Profile profile = store();
    m_book.markUsed(profile.id, std::chrono::system_clock::now());
    Q_EMIT connected(profile, secret);
}

} // namespace castdeck::ui
