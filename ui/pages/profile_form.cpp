#include "ui/pages/profile_form.h"

#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtGui/QIntValidator>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QToolButton>

namespace castdeck::ui {

namespace {

enum SchemeChoice { Https, Http };

/// In the order of Profile::Color.
QStringList colorNames()
{
    return {ProfileForm::tr("Blue"),   ProfileForm::tr("Green"), ProfileForm::tr("Amber"),
            ProfileForm::tr("Violet"), ProfileForm::tr("Teal"),  ProfileForm::tr("Red")};
}

QString trimmedPath(QString path)
{
    path = path.trimmed();
    while (path.endsWith(QLatin1Char{'/'}))
        path.chop(1);
    if (!path.isEmpty() && !path.startsWith(QLatin1Char{'/'}))
        path.prepend(QLatin1Char{'/'});
    return path;
}

} // namespace

ProfileForm::ProfileForm(QWidget* parent)
    : QWidget{parent}
    , m_name{new QLineEdit}
    , m_color{new QComboBox}
    , m_scheme{new QComboBox}
    , m_schemeMark{makeLabel({}, TextKind::Hint)}
    , m_origin{new QLineEdit}
    , m_showSecret{makeIconButton(QStringLiteral("profile.secret.show"), QStringLiteral("eye"), tr("Show the secret"))}
    , m_production{new QCheckBox{tr("Production: starts locked, and every send is confirmed")}}
    , m_trust{makeLabel({}, TextKind::Hint)}
    , m_problem{makeLabel({}, TextKind::Error)}
{
    setObjectName(QStringLiteral("profile.form"));
    field(PasteField::Host) = makeField("profile.host", tr("Host"), tr("ws.example.com"));
    field(PasteField::Port) = makeField("profile.port", tr("Port"), {});
    field(PasteField::Path) = makeField("profile.path", tr("Path"), tr("none"));
    field(PasteField::AppId) = makeField("profile.appid", tr("App id"), {});
    field(PasteField::Key) = makeField("profile.key", tr("Key"), {});
    field(PasteField::Secret) = makeField("profile.secret", tr("Secret"), {});
    for (const PasteField which : {PasteField::Host, PasteField::AppId, PasteField::Key, PasteField::Secret})
        hideBehindCurtain(field(which).edit);
    field(PasteField::Port).edit->setValidator(new QIntValidator{1, 65'535, this});
    m_name->setObjectName(QStringLiteral("profile.name"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("Staging"));
    m_origin->setObjectName(QStringLiteral("profile.origin"));
    m_origin->setAccessibleName(tr("Origin"));
    m_origin->setPlaceholderText(tr("none; a server that checks origins wants one, such as https://example.com"));
    m_origin->setToolTip(tr("Told to the server when connecting, as a web page of that address would"));
    m_scheme->setObjectName(QStringLiteral("profile.scheme"));
    m_scheme->setAccessibleName(tr("Scheme"));
    m_scheme->addItems({QStringLiteral("https"), QStringLiteral("http")});
    m_color->setObjectName(QStringLiteral("profile.color"));
    m_color->setAccessibleName(tr("Colour"));
    m_color->addItems(colorNames());
    m_production->setObjectName(QStringLiteral("profile.production"));
    m_production->setAccessibleName(tr("Production"));
    m_problem->setObjectName(QStringLiteral("profile.problem"));
    build();
    for (QLineEdit* edit : {m_name, m_origin}) {
        connect(edit, &QLineEdit::textEdited, this, &ProfileForm::edited);
        connect(edit, &QLineEdit::returnPressed, this, &ProfileForm::submitted);
    }
    connect(m_scheme, &QComboBox::activated, this, [this](int index) {
        setTls(index == Https);
        Q_EMIT edited();
    });
    connect(m_production, &QCheckBox::clicked, this, [this](bool isProduction) {
        if (isProduction)
            m_color->setCurrentIndex(static_cast<int>(Profile::Color::Red));
        Q_EMIT edited();
    });
    connect(m_color, &QComboBox::activated, this, &ProfileForm::edited);
    connect(m_showSecret, &QToolButton::clicked, this,
            [this] { setSecretShown(field(PasteField::Secret).edit->echoMode() == QLineEdit::Password); });
    setSecretShown(false);
    setProfile({}, {});
}

ProfileForm::Field ProfileForm::makeField(const char* name, const QString& caption, const QString& placeholder)
{
    Field made{.mark = makeLabel({}, TextKind::Hint), .edit = new QLineEdit};
    made.edit->setObjectName(QLatin1String{name});
    made.edit->setAccessibleName(caption);
    made.edit->setPlaceholderText(placeholder);
    made.mark->setObjectName(QLatin1String{name} + QStringLiteral(".mark"));
    connect(made.edit, &QLineEdit::textEdited, this, [this, mark = made.mark] {
        setMark(mark, {});
        showProblem({});
        Q_EMIT edited();
    });
    connect(made.edit, &QLineEdit::returnPressed, this, &ProfileForm::submitted);
    return made;
}

QWidget* ProfileForm::boxOf(const QString& caption, QLabel* mark, QWidget* editor)
{
    auto* box = new QWidget;
    QLabel* label = makeLabel(caption, TextKind::Label);
    label->setBuddy(editor);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::small);
    head->addWidget(label);
    if (mark != nullptr) {
        mark->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        mark->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        head->addWidget(mark, 1);
    } else {
        head->addStretch();
    }
    auto* layout = new QVBoxLayout{box};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(head);
    layout->addWidget(editor);
    return box;
}

void ProfileForm::build()
{
    auto* secret = new QWidget;
    auto* secretRow = new QHBoxLayout{secret};
    secretRow->setContentsMargins(0, 0, 0, 0);
    secretRow->setSpacing(metrics::tiny);
    secretRow->addWidget(field(PasteField::Secret).edit, 1);
    secretRow->addWidget(m_showSecret);
    secret->setFocusProxy(field(PasteField::Secret).edit);
    m_problem->setWordWrap(true);
    m_trust->setWordWrap(true);
    m_trust->hide();
    m_problem->hide();

    auto* grid = new QGridLayout{this};
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::medium);
    grid->setVerticalSpacing(metrics::medium);
    constexpr int columns = 6;
    for (int column = 0; column < columns; ++column)
        grid->setColumnStretch(column, 1);
    const auto add = [&](const QString& caption, const Field& one, int row, int column, int span) {
        grid->addWidget(boxOf(caption, one.mark, one.edit), row, column, 1, span);
    };
    grid->addWidget(boxOf(tr("Scheme"), m_schemeMark, m_scheme), 1, 0, 1, 2);
    add(tr("Host"), field(PasteField::Host), 1, 2, 4);
    add(tr("Port"), field(PasteField::Port), 2, 0, 2);
    add(tr("Path"), field(PasteField::Path), 2, 2, 4);
    add(tr("App id"), field(PasteField::AppId), 3, 0, 2);
    add(tr("Key"), field(PasteField::Key), 3, 2, 4);
    grid->addWidget(boxOf(tr("Secret"), field(PasteField::Secret).mark, secret), 4, 0, 1, columns);
    grid->addWidget(boxOf(tr("Origin"), nullptr, m_origin), 5, 0, 1, columns);
    grid->addWidget(boxOf(tr("Name"), nullptr, m_name), 6, 0, 1, 4);
    grid->addWidget(boxOf(tr("Colour"), nullptr, m_color), 6, 4, 1, 2);
    grid->addWidget(m_production, 7, 0, 1, columns);
    grid->addWidget(m_trust, 8, 0, 1, columns);
    grid->addWidget(m_problem, 0, 0, 1, columns);
    QWidget* before = m_scheme;
    for (QWidget* next : std::initializer_list<QWidget*>{field(PasteField::Host).edit, field(PasteField::Port).edit,
                                                         field(PasteField::Path).edit, field(PasteField::AppId).edit,
                                                         field(PasteField::Key).edit, field(PasteField::Secret).edit,
                                                         m_showSecret, m_origin, m_name, m_color, m_production}) {
        setTabOrder(before, next);
        before = next;
    }
}

void ProfileForm::setProfile(const Profile& profile, const std::string& secret)
{
    m_profile = profile;
    field(PasteField::Host).edit->setText(profile.host);
    field(PasteField::Port).edit->setText(QString::number(profile.port));
    field(PasteField::Path).edit->setText(profile.path);
    field(PasteField::AppId).edit->setText(profile.appId);
    field(PasteField::Key).edit->setText(profile.key);
    m_name->setText(profile.name);
    m_origin->setText(profile.origin);
    m_color->setCurrentIndex(static_cast<int>(profile.color));
    m_production->setChecked(profile.isProduction);
    m_scheme->setCurrentIndex(profile.scheme == QLatin1String{"http"} ? Http : Https);
    setSecret(secret);
    setSecretShown(false);
    setPinnedCertificate(profile.pinnedCertificate);
    for (const Field& one : m_fields) {
        if (one.mark != nullptr)
            setMark(one.mark, {});
    }
    setMark(m_schemeMark, {});
    showProblem({});
}

void ProfileForm::apply(const Pasted& pasted)
{
    for (const PasteField which :
         {PasteField::Host, PasteField::Port, PasteField::Path, PasteField::AppId, PasteField::Key, PasteField::Secret})
        fill(which, pasted);
    const auto& scheme = pasted[PasteField::Scheme];
    if (scheme)
        m_scheme->setCurrentIndex(scheme->text == QLatin1String{"http"} ? Http : Https);
    setMark(m_schemeMark, scheme ? scheme->source : QString{});
    // Another server has another path, and another certificate.
    if (pasted[PasteField::Host]) {
        if (!pasted[PasteField::Path])
            field(PasteField::Path).edit->clear();
        setPinnedCertificate({});
    }
    setSecretShown(false);
    showProblem({});
}

void ProfileForm::fill(PasteField which, const Pasted& pasted)
{
    const auto& value = pasted[which];
    if (value)
        field(which).edit->setText(value->text);
    setMark(field(which).mark, value ? value->source : QString{});
}

void ProfileForm::setMark(QLabel* mark, const QString& source)
{
    mark->setText(source.isEmpty() ? QString{} : tr("from your text"));
    mark->setToolTip(plainTip(source));
}

Profile ProfileForm::profile() const
{
    Profile profile = m_profile;
    profile.name = m_name->text().trimmed();
    profile.color = static_cast<Profile::Color>(m_color->currentIndex());
    profile.isProduction = m_production->isChecked();
    profile.scheme = m_scheme->currentIndex() == Http ? QStringLiteral("http") : QStringLiteral("https");
    profile.host = field(PasteField::Host).edit->text().trimmed();
    profile.port = static_cast<std::uint16_t>(field(PasteField::Port).edit->text().toUInt());
    profile.path = trimmedPath(field(PasteField::Path).edit->text());
    profile.appId = field(PasteField::AppId).edit->text().trimmed();
    profile.key = field(PasteField::Key).edit->text().trimmed();
    profile.origin = m_origin->text().trimmed();
    return profile;
}

std::string ProfileForm::secret() const
{
    return toStd(field(PasteField::Secret).edit->text().trimmed());
}

void ProfileForm::setSecret(const std::string& secret)
{
    field(PasteField::Secret).edit->setText(toQt(secret));
}

void ProfileForm::setTls(bool usesTls)
{
    m_scheme->setCurrentIndex(usesTls ? Https : Http);
    setMark(m_schemeMark, {});
    QLineEdit* const port = field(PasteField::Port).edit;
    // The usual port of the other scheme means the usual port of this one.
    if (port->text() == QLatin1String{usesTls ? "80" : "443"})
        port->setText(usesTls ? QStringLiteral("443") : QStringLiteral("80"));
}

void ProfileForm::setPath(const std::string& path)
{
    field(PasteField::Path).edit->setText(toQt(path));
    setMark(field(PasteField::Path).mark, {});
}

void ProfileForm::setPinnedCertificate(const std::string& fingerprint)
{
    constexpr std::size_t shown = 16;
    m_profile.pinnedCertificate = fingerprint;
    m_trust->setText(
        tr("The certificate %1… is trusted for this profile.").arg(toQt(fingerprint.substr(0, shown)).toUpper()));
    m_trust->setVisible(!fingerprint.empty());
}

void ProfileForm::focusOn(DoctorRemedy remedy)
{
    const auto focus = [](QLineEdit* edit) {
        edit->setFocus();
        edit->selectAll();
    };
    switch (remedy) {
    case DoctorRemedy::EditAddress: return focus(field(PasteField::Host).edit);
    case DoctorRemedy::EditPort: return focus(field(PasteField::Port).edit);
    case DoctorRemedy::EditKey: return focus(field(PasteField::Key).edit);
    case DoctorRemedy::EditSecret: return focus(field(PasteField::Secret).edit);
    case DoctorRemedy::ChangePath: return focus(field(PasteField::Path).edit);
    case DoctorRemedy::EditOrigin: return focus(m_origin);
    default: break;
    }
}

void ProfileForm::focusOnMissing()
{
    for (const PasteField which : {PasteField::Host, PasteField::AppId, PasteField::Key, PasteField::Secret}) {
        if (field(which).edit->text().trimmed().isEmpty())
            return field(which).edit->setFocus();
    }
}

void ProfileForm::showProblem(const QString& sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void ProfileForm::setSecretShown(bool isShown)
{
    field(PasteField::Secret).edit->setEchoMode(isShown ? QLineEdit::Normal : QLineEdit::Password);
    const QString words = isShown ? tr("Hide the secret") : tr("Show the secret");
    m_showSecret->setIcon(icon(isShown ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    m_showSecret->setToolTip(words);
    m_showSecret->setAccessibleName(words);
}

} // namespace castdeck::ui
