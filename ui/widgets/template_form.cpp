#include "ui/widgets/template_form.h"

#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/size_meter.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QToolButton>

namespace castdeck::ui {

namespace {

constexpr int longHeight = 84;
constexpr int previewHeight = 120;

QString typeWords(const Placeholder& placeholder)
{
    switch (placeholder.type) {
    case FieldType::Number: return TemplateForm::tr("a number");
    case FieldType::Json: return TemplateForm::tr("JSON");
    case FieldType::Long: return TemplateForm::tr("several lines; Ctrl+Enter sends");
    case FieldType::Text:
    case FieldType::Choice: break;
    }
    return {};
}

bool isEnter(const QKeyEvent& event)
{
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

} // namespace

TemplateForm::TemplateForm(QWidget* parent)
    : QWidget{parent}
    , m_name{makeLabel({}, TextKind::Head)}
    , m_target{makeLabel({}, TextKind::Hint)}
    , m_body{new QVBoxLayout}
    , m_fold{makeButton(QStringLiteral("form.preview.toggle"), tr("Exact message"), QStringLiteral("chevron-right"),
                        ButtonKind::Flat)}
    , m_preview{new QPlainTextEdit}
    , m_size{new SizeMeter{QStringLiteral("form.size")}}
    , m_problem{makeLabel({}, TextKind::Error)}
    , m_send{makeButton(QStringLiteral("form.send"), tr("Send"), QStringLiteral("send"), ButtonKind::Primary)}
{
    setObjectName(QStringLiteral("board.form"));
    build();
    setPreviewShown(false);
}

void TemplateForm::build()
{
    QToolButton* back =
        makeIconButton(QStringLiteral("form.back"), QStringLiteral("chevron-left"), tr("Back to the board"));
    connect(back, &QToolButton::clicked, this, &TemplateForm::closed);
    QPushButton* edit = makeButton(QStringLiteral("form.edit"), tr("Edit message"), {}, ButtonKind::Small);
    connect(edit, &QPushButton::clicked, this, &TemplateForm::editRequested);
    m_name->setWordWrap(true);
    m_target->setWordWrap(true);
    m_problem->setWordWrap(true);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::small);
    head->addWidget(back, 0, Qt::AlignTop);
    head->addWidget(m_name, 1);
    head->addWidget(edit, 0, Qt::AlignTop);

    m_preview->setObjectName(QStringLiteral("form.preview"));
    m_preview->setAccessibleName(tr("Exact message"));
    m_preview->setProperty("look", QStringLiteral("code"));
    m_preview->setReadOnly(true);
    m_preview->setFont(codeFont());
    m_preview->document()->setDocumentMargin(metrics::small);
    m_preview->setFixedHeight(previewHeight);
    m_preview->setTabChangesFocus(true);
    m_fold->setProperty("kind", QStringLiteral("fold"));
    connect(m_fold, &QPushButton::clicked, this, [this] { setPreviewShown(m_preview->isHidden()); });
    auto* foldRow = new QHBoxLayout;
    foldRow->addWidget(m_fold);
    foldRow->addStretch();

    m_send->setToolTip(tr("Send (Enter)"));
    connect(m_send, &QPushButton::clicked, this, &TemplateForm::send);
    QPushButton* cancel = makeButton(QStringLiteral("form.cancel"), tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &TemplateForm::closed);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(metrics::small);
    foot->addStretch();
    foot->addWidget(cancel);
    foot->addWidget(m_send);

    auto* content = new QWidget;
    m_body = new QVBoxLayout{content};
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(metrics::small);
    m_body->addLayout(foldRow);
    m_body->addWidget(m_preview);
    m_body->addWidget(m_size, 0, Qt::AlignRight);
    m_body->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addLayout(head);
    layout->addWidget(m_target);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_problem);
    layout->addLayout(foot);
}

void TemplateForm::open(const Template& message)
{
    m_message = message;
    m_placeholders = placeholdersOf(message.draft);
    m_isSent = false;
    m_name->setText(shownText(toStd(message.name), 300));
    m_fields.clear();
    delete m_rows;
    m_rows = new QWidget;
    auto* rows = new QVBoxLayout{m_rows};
    rows->setContentsMargins(0, metrics::tiny, 0, metrics::tiny);
    rows->setSpacing(metrics::tiny);
    for (const Placeholder& placeholder : m_placeholders.fields())
        addField(placeholder);
    m_body->insertWidget(0, m_rows);
    setPreviewShown(m_fields.empty());
    showMessage();
    QWidget* const first = m_fields.empty() ? m_send : m_fields.front().editor;
    setFocusProxy(first);
    first->setFocus(Qt::OtherFocusReason);
    if (auto* line = qobject_cast<QLineEdit*>(first))
        line->selectAll();
    else if (auto* text = qobject_cast<QPlainTextEdit*>(first))
        text->selectAll();
}

void TemplateForm::addField(const Placeholder& placeholder)
{
    Field field{.placeholder = placeholder};
    const QString name = shownText(placeholder.name, 80);
    field.editor = makeEditor(placeholder, field);
    field.editor->setObjectName(QStringLiteral("form.field.") + toQt(placeholder.name));
    field.editor->setAccessibleName(name);
    field.problem = makeLabel({}, TextKind::Error);
    field.problem->setWordWrap(true);
    field.problem->hide();
    QLabel* label = makeLabel(name, TextKind::Label);
    label->setBuddy(field.editor);
    auto* head = new QHBoxLayout;
    head->addWidget(label);
    head->addStretch();
    head->addWidget(makeLabel(typeWords(placeholder), TextKind::Hint));
    auto* rows = static_cast<QVBoxLayout*>(m_rows->layout());
    rows->addLayout(head);
    rows->addWidget(field.editor);
    rows->addWidget(field.problem);
    rows->addSpacing(metrics::tiny);
    m_fields.push_back(std::move(field));
}

QWidget* TemplateForm::makeEditor(const Placeholder& placeholder, Field& field)
{
    const QString preset = toQt(presetOf(placeholder));
    if (placeholder.type == FieldType::Choice) {
        auto* box = new QComboBox;
        for (const std::string& choice : placeholder.choices)
            box->addItem(shownText(choice, 120), toQt(choice));
        box->setCurrentIndex(box->findData(preset));
        box->installEventFilter(this);
        connect(box, &QComboBox::currentIndexChanged, this, &TemplateForm::showMessage);
        field.value = [box] { return toStd(box->currentData().toString()); };
        return box;
    }
    if (placeholder.type == FieldType::Long) {
        auto* text = new QPlainTextEdit;
        text->setPlainText(preset);
        text->setTabChangesFocus(true);
        text->setFixedHeight(longHeight);
        text->document()->setDocumentMargin(metrics::small);
        connect(text, &QPlainTextEdit::textChanged, this, &TemplateForm::showMessage);
        field.value = [text] {
            QString raw = text->document()->toRawText(); // toPlainText() turns no-break spaces into blanks.
            return toStd(raw.replace(QChar::ParagraphSeparator, u'\n').replace(QChar::LineSeparator, u'\n'));
        };
        return text;
    }
    auto* line = new QLineEdit{preset};
    line->setMaxLength(100'000);
    connect(line, &QLineEdit::textChanged, this, &TemplateForm::showMessage);
    const bool isTrimmed = placeholder.type == FieldType::Number;
    field.value = [line, isTrimmed] { return toStd(isTrimmed ? line->text().trimmed() : line->text()); };
    return line;
}

PlaceholderSet::Values TemplateForm::values() const
{
    PlaceholderSet::Values values;
    for (const Field& field : m_fields)
        values.emplace(field.placeholder.name, field.value());
    return values;
}

void TemplateForm::showMessage()
{
    const FilledDraft filled = fillIn(m_message.draft, m_placeholders, values());
    const Draft& shown = filled.draft;
    m_target->setText(tr("%1 on %2").arg(shownText(toStd(shown.event), 200), shownText(toStd(shown.channels), 400)));
    m_problem->hide();
    for (const Field& field : m_fields) {
        const std::string value = field.value();
        const QString problem = value.empty() ? QString{} : problemOfValue(field.placeholder, value);
        setStyleProperty(field.editor, "state", problem.isEmpty() ? QString{} : QStringLiteral("wrong"));
        field.problem->setText(problem);
        field.problem->setVisible(!problem.isEmpty());
    }
    const SentPayload payload = sentPayload(shown);
    m_size->setSize(filled.problem.isEmpty() ? payload.bytes.size() : 0, m_limits.maxPayloadBytes);
    m_size->setVisible(filled.problem.isEmpty() && !m_preview->isHidden());
    m_preview->setPlainText(filled.problem.isEmpty() ? toQt(payload.bytes) : filled.problem);
}

void TemplateForm::setPreviewShown(bool isShown)
{
    m_preview->setVisible(isShown);
    m_fold->setIcon(icon(isShown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    showMessage();
}

void TemplateForm::setLimits(const DraftLimits& limits)
{
    m_limits = limits;
}

void TemplateForm::setSendText(const QString& text, const QString& hindrance)
{
    m_hindrance = hindrance;
    m_send->setText(text);
    m_send->setAccessibleName(text);
    m_send->setToolTip(hindrance.isEmpty() ? tr("Send (Enter)") : hindrance);
}

void TemplateForm::send()
{
    if (m_isSent)
        return;
    FilledDraft filled = fillIn(m_message.draft, m_placeholders, values());
    if (filled.problem.isEmpty())
        filled.problem = checkDraft(filled.draft, m_limits).first();
    if (!m_hindrance.isEmpty())
        filled.problem = m_hindrance;
    if (!filled.problem.isEmpty()) {
        for (const Field& field : m_fields) {
            if (problemOfValue(field.placeholder, field.value()).isEmpty())
                continue;
            setStyleProperty(field.editor, "state", QStringLiteral("wrong"));
            field.editor->setFocus();
            break;
        }
        m_problem->setText(filled.problem);
        m_problem->show();
        Q_EMIT refused(filled.problem);
        return;
    }
    m_isSent = true;
    Q_EMIT sendRequested(filled.draft);
}

void TemplateForm::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
    } else if (isEnter(*event)) {
        if (!event->isAutoRepeat())
            send();
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool TemplateForm::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && isEnter(*static_cast<QKeyEvent*>(event))) {
        send(); // A box of choices would keep the key to itself.
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace castdeck::ui
