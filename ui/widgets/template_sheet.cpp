#include "ui/widgets/template_sheet.h"

#include "ui/models/profile_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int swatchSize = 26;

/// One colour to choose. The chosen one has a ring, and its name is told to those who do not see it.
class Swatch : public QAbstractButton {
public:
    Swatch(Profile::Color color, const QString& name) : m_color{color}
    {
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
        setFixedSize(swatchSize, swatchSize);
        setAccessibleName(name);
        setToolTip(name);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Colors& colors = Theme::colors();
        QPainter painter{this};
        painter.setRenderHint(QPainter::Antialiasing);
        if (isChecked() || hasFocus()) {
            painter.setPen(QPen{isChecked() ? colors.text : colors.accent, 1.5});
            painter.drawEllipse(QRectF{rect()}.adjusted(1, 1, -1, -1));
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.tone(toneOf(m_color)));
        painter.drawEllipse(QRectF{rect()}.adjusted(5, 5, -5, -5));
    }

private:
    Profile::Color m_color;
};

} // namespace

TemplateSheet::TemplateSheet(QWidget* parent)
    : QWidget{parent}
    , m_title{makeLabel({}, TextKind::Head)}
    , m_summary{makeLabel({}, TextKind::Hint)}
    , m_name{new QLineEdit}
    , m_folder{new QComboBox}
    , m_colors{new QButtonGroup{this}}
    , m_isForProfile{new QCheckBox}
    , m_problem{makeLabel({}, TextKind::Error)}
{
    setObjectName(QStringLiteral("board.sheet"));
    m_name->setObjectName(QStringLiteral("sheet.name"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("What the tile says"));
    m_name->setMaxLength(300);
    m_folder->setObjectName(QStringLiteral("sheet.folder"));
    m_folder->setAccessibleName(tr("Folder"));
    m_folder->setEditable(true);
    m_folder->setInsertPolicy(QComboBox::NoInsert);
    m_folder->lineEdit()->setPlaceholderText(tr("None"));
    m_folder->lineEdit()->setMaxLength(80);
    m_folder->lineEdit()->setAccessibleName(m_folder->accessibleName());
    m_folder->lineEdit()->setStyleSheet(
        QStringLiteral("QLineEdit { border: none; background: transparent; padding: 0; min-height: 0; }"));
    m_isForProfile->setObjectName(QStringLiteral("sheet.profile"));
    m_isForProfile->setAccessibleName(tr("Only for this profile"));
    for (QLabel* label : {m_title, m_summary, m_problem})
        label->setWordWrap(true);

    QPushButton* saveButton =
        makeButton(QStringLiteral("sheet.save"), tr("Save"), QStringLiteral("check"), ButtonKind::Primary);
    QPushButton* cancel = makeButton(QStringLiteral("sheet.cancel"), tr("Cancel"));
    connect(saveButton, &QPushButton::clicked, this, &TemplateSheet::save);
    connect(cancel, &QPushButton::clicked, this, &TemplateSheet::closed);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(metrics::small);
    foot->addStretch();
    foot->addWidget(cancel);
    foot->addWidget(saveButton);

    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(2, 0, 2, 0);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_summary);
    layout->addSpacing(metrics::small);
    layout->addWidget(makeLabel(tr("Name"), TextKind::Label));
    layout->addWidget(m_name);
    layout->addSpacing(metrics::tiny);
    layout->addWidget(makeLabel(tr("Folder"), TextKind::Label));
    layout->addWidget(m_folder);
    layout->addSpacing(metrics::tiny);
    layout->addWidget(makeLabel(tr("Colour"), TextKind::Label));
    layout->addWidget(buildColors());
    layout->addSpacing(metrics::tiny);
    layout->addWidget(m_isForProfile);
    layout->addStretch();
    layout->addWidget(m_problem);
    layout->addLayout(foot);
}

QWidget* TemplateSheet::buildColors()
{
    const std::pair<Profile::Color, QString> colors[] = {
        {Profile::Color::Blue, tr("Blue")},   {Profile::Color::Green, tr("Green")},
        {Profile::Color::Amber, tr("Amber")}, {Profile::Color::Violet, tr("Violet")},
        {Profile::Color::Teal, tr("Teal")},   {Profile::Color::Red, tr("Red")}};
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout{row};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::tiny);
    for (const auto& [color, name] : colors) {
        auto* swatch = new Swatch{color, name};
        swatch->setObjectName(QStringLiteral("sheet.color.%1").arg(static_cast<int>(color)));
        m_colors->addButton(swatch, static_cast<int>(color));
        layout->addWidget(swatch);
    }
    layout->addStretch();
    return row;
}

void TemplateSheet::open(const Template& message, const QStringList& folders, const Profile& profile)
{
    m_message = message;
    m_profileId = profile.id;
    m_title->setText(message.id.empty() ? tr("Save as template") : tr("Edit template"));
    m_summary->setText(
        tr("%1 on %2").arg(shownText(toStd(message.draft.event), 120), shownText(toStd(message.draft.channels), 200)));
    m_name->setText(message.name);
    m_folder->clear();
    m_folder->addItems(folders);
    m_folder->setEditText(message.folder);
    m_colors->button(static_cast<int>(message.color))->setChecked(true);
    m_isForProfile->setText(tr("Only for %1").arg(shownText(toStd(profile.name), 40)));
    m_isForProfile->setAccessibleName(m_isForProfile->text());
    m_isForProfile->setChecked(!message.profileId.empty());
    m_problem->hide();
    m_name->setFocus();
    m_name->selectAll();
}

void TemplateSheet::save()
{
    m_message.name = m_name->text().trimmed();
    m_message.folder = m_folder->currentText().trimmed();
    m_message.color = static_cast<Profile::Color>(m_colors->checkedId());
    m_message.profileId = m_isForProfile->isChecked() ? m_profileId : std::string{};
    if (m_message.name.isEmpty()) {
        setStyleProperty(m_name, "state", QStringLiteral("wrong"));
        m_problem->setText(tr("Give it a name; the tile shows it."));
        m_problem->show();
        m_name->setFocus();
        return;
    }
    setStyleProperty(m_name, "state", {});
    Q_EMIT saved(m_message);
}

void TemplateSheet::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        save();
    else
        QWidget::keyPressEvent(event);
}

} // namespace castdeck::ui
