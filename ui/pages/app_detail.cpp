#include "ui/pages/app_detail.h"

#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/segmented.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto secretShownFor = 30s;

QLineEdit* makeValueField(const QString& name, const QString& accessibleName)
{
    auto* field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(accessibleName);
    field->setReadOnly(true);
    field->setFont(codeFont());
    return field;
}

QString usageWords(const engine::AppSnapshot& state)
{
    const QString connections = state.connections == 1
                                    ? AppDetail::tr("1 connection")
                                    : AppDetail::tr("%1 connections").arg(shownCount(state.connections));
    const QString channels = state.channels == 1
                                 ? AppDetail::tr("1 occupied channel")
                                 : AppDetail::tr("%1 occupied channels").arg(shownCount(state.channels));
    return AppDetail::tr("%1, %2").arg(connections, channels);
}

} // namespace

AppDetail::AppDetail(QWidget* parent)
    : QWidget{parent}
    , m_name{makeLabel({}, TextKind::Head)}
    , m_usage{makeLabel({}, TextKind::Muted)}
    , m_id{makeValueField(QStringLiteral("apps.id"), tr("App id"))}
    , m_key{makeValueField(QStringLiteral("apps.key"), tr("Key"))}
    , m_secret{makeValueField(QStringLiteral("apps.secret"), tr("Secret"))}
    , m_reveal{makeIconButton(QStringLiteral("apps.secret.show"), QStringLiteral("eye"),
                              tr("Show the secret for 30 seconds"))}
    , m_language{new Segmented{{{QStringLiteral("apps.code.pusherjs"), tr("pusher-js")},
                                {QStringLiteral("apps.code.laravel"), tr("Laravel .env")},
                                {QStringLiteral("apps.code.curl"), tr("curl")}}}}
    , m_copyCode{makeButton(QStringLiteral("apps.code.copy"), tr("Copy"), QStringLiteral("copy"), ButtonKind::Small)}
    , m_code{new QPlainTextEdit}
    , m_codeHint{makeLabel({}, TextKind::Hint)}
    , m_nextStep{makeLabel({}, TextKind::Hint)}
{
    build();
    m_hideSecret.setSingleShot(true);
    for (QWidget* hidden : std::initializer_list<QWidget*>{m_key, m_secret, m_code})
        hideBehindCurtain(hidden);
    connect(&m_hideSecret, &QTimer::timeout, this, [this] { setSecretShown(false); });
    connect(m_reveal, &QToolButton::clicked, this, [this] { setSecretShown(!m_hideSecret.isActive()); });
    connect(m_language, &Segmented::chosen, this, &AppDetail::showCode);
    connect(m_copyCode, &QPushButton::clicked, this, [this] { copyWithNotice(m_copyCode, code(SecretUse::Reveal)); });
}

void AppDetail::build()
{
    auto* title = new QHBoxLayout;
    title->setSpacing(metrics::medium);
    title->addWidget(m_name);
    title->addWidget(m_usage, 1, Qt::AlignBottom);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::medium);
    layout->addLayout(title);
    layout->addWidget(buildCredentials());
    layout->addSpacing(metrics::tiny);
    layout->addWidget(buildCode(), 1);
}

QWidget* AppDetail::buildCredentials()
{
    auto* box = new QWidget;
    auto* grid = new QGridLayout{box};
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::large);
    grid->setVerticalSpacing(6);
    grid->addWidget(makeLabel(tr("App id"), TextKind::Label), 0, 0);
    grid->addWidget(makeLabel(tr("Key"), TextKind::Label), 0, 1);
    grid->addWidget(makeLabel(tr("Secret"), TextKind::Label), 0, 2);
    grid->addLayout(makeCredentialRow(m_id, QStringLiteral("apps.id.copy"), tr("Copy the app id")), 1, 0);
    grid->addLayout(makeCredentialRow(m_key, QStringLiteral("apps.key.copy"), tr("Copy the key")), 1, 1);
    QLayout* secret = makeCredentialRow(m_secret, QStringLiteral("apps.secret.copy"), tr("Copy the secret"));
    static_cast<QHBoxLayout*>(secret)->insertWidget(1, m_reveal);
    grid->addLayout(secret, 1, 2);
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(1, 3);
    grid->setColumnStretch(2, 3);
    return box;
}

QLayout* AppDetail::makeCredentialRow(QLineEdit* field, const QString& copyName, const QString& copyTooltip)
{
    QToolButton* copy = makeIconButton(copyName, QStringLiteral("copy"), copyTooltip);
    connect(copy, &QToolButton::clicked, this, [this, field] {
        QGuiApplication::clipboard()->setText(field == m_secret ? toQt(m_app.secret) : field->text());
    });
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(field, 1);
    row->addWidget(copy);
    return row;
}

QWidget* AppDetail::buildCode()
{
    m_code->setObjectName(QStringLiteral("apps.code"));
    m_code->setAccessibleName(tr("Code to connect"));
    m_code->setReadOnly(true);
    m_code->setProperty("look", QStringLiteral("code"));
    m_code->setFont(codeFont(metrics::bodyText));
    m_code->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_code->setTabChangesFocus(true);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_code->document()->setDocumentMargin(metrics::medium);

    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::medium);
    head->addWidget(makeLabel(tr("Connect with"), TextKind::Label));
    head->addWidget(m_language);
    head->addStretch();
    head->addWidget(m_codeHint);
    head->addWidget(m_copyCode);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout{box};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addLayout(head);
    layout->addWidget(m_code, 1);
    layout->addWidget(m_nextStep);
    layout->addStretch();
    return box;
}

void AppDetail::showApp(const hub::AppConfig& config, const engine::AppSnapshot& state,
                        const engine::ServerSnapshot& server)
{
    const bool isOther = m_app.id != config.id;
    m_app = config;
    m_server = {.host = server.address, .port = server.port, .isTls = server.isTls};
    m_name->setText(shownText(config.name.empty() ? config.id : config.name, 128));
    m_usage->setText(usageWords(state));
    if (m_id->text() != toQt(config.id))
        m_id->setText(toQt(config.id));
    if (m_key->text() != toQt(config.key))
        m_key->setText(toQt(config.key));
    if (isOther)
        setSecretShown(false);
    showCode();
}

void AppDetail::setSecretShown(bool isShown)
{
    m_secret->setText(isShown ? toQt(m_app.secret) : maskedSecret());
    m_reveal->setIcon(icon(isShown ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    const QString tooltip = isShown ? tr("Hide the secret") : tr("Show the secret for 30 seconds");
    m_reveal->setToolTip(tooltip);
    m_reveal->setAccessibleName(tooltip);
    isShown ? m_hideSecret.start(secretShownFor) : m_hideSecret.stop();
}

void AppDetail::showCode()
{
    const bool holdsSecret = m_language->current() != PusherJs;
    m_codeHint->setText(holdsSecret ? tr("Copy fills in the secret.") : tr("Holds no secret."));
    m_nextStep->setText(nextStep());
    const QString text = code(SecretUse::Mask);
    if (m_code->toPlainText() == text)
        return;
    m_code->setPlainText(text);
    // As high as the code, so that the next step stands right below it.
    const int lines = m_code->document()->blockCount() * m_code->fontMetrics().lineSpacing();
    m_code->setMaximumHeight(lines + 4 * metrics::medium + 2 * m_code->frameWidth());
}

QString AppDetail::nextStep() const
{
    switch (m_language->current()) {
    case Laravel: return tr("Put these lines into .env, then run php artisan config:clear and rebuild the front end.");
    case Curl: return tr("Sends the event hello to the channel demo. Needs a POSIX shell, curl and openssl.");
    default: return tr("Then send the event hello to the channel demo on the Send page: it appears in the console.");
    }
}

QString AppDetail::code(SecretUse use) const
{
    switch (m_language->current()) {
    case Laravel: return laravelEnvSnippet(m_app, m_server, use);
    case Curl: return curlSnippet(m_app, m_server, use);
    default: return pusherJsSnippet(m_app, m_server);
    }
}

} // namespace castdeck::ui
