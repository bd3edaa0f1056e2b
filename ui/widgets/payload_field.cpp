#include "ui/widgets/payload_field.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "ui/text/json_text.h"
#include "ui/text/placeholders.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/json_editor.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/size_meter.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtGui/QTextBlock>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

namespace {

QString hintFor(const Draft& draft)
{
    if (draft.payload.find("{{") != std::string::npos) {
        const PlaceholderText text{draft.payload, Syntax::Plain};
        if (!text.mistake() && !text.isEmpty())
            return PayloadField::tr(
                "The placeholders go out as they stand here. Save it as a template to have them asked for.");
    }
    switch (draft.mode) {
    case PayloadMode::Json:
        return draft.payload.empty() ? PayloadField::tr("Any JSON value. It is sent byte for byte as written here.")
                                     : PayloadField::tr("Valid JSON. Sent byte for byte as written here.");
    case PayloadMode::Text:
        return draft.payload.empty() ? PayloadField::tr("Any text. It is sent byte for byte as written here.")
                                     : PayloadField::tr("Sent as plain text, byte for byte.");
    case PayloadMode::Base64:
        return draft.payload.empty() ? PayloadField::tr("Base64 of a text; the text is sent.")
                                     : PayloadField::tr("The decoded text is sent.");
    }
    return {};
}

} // namespace

PayloadField::PayloadField(QWidget* parent)
    : QWidget{parent}
    , m_mode{new Segmented{{{QStringLiteral("composer.mode.json"), tr("JSON")},
                            {QStringLiteral("composer.mode.text"), tr("Text")},
                            {QStringLiteral("composer.mode.base64"), tr("Base64")}}}}
    , m_file{makeButton(QStringLiteral("composer.file"), tr("From file"), QStringLiteral("file"), ButtonKind::Small)}
    , m_format{makeButton(QStringLiteral("composer.format"), tr("Format"), QStringLiteral("format"), ButtonKind::Small)}
    , m_minify{makeButton(QStringLiteral("composer.minify"), tr("Minify"), QStringLiteral("minify"), ButtonKind::Small)}
    , m_editor{new JsonEditor{QStringLiteral("composer.payload"), tr("Payload")}}
    , m_hint{makeLabel({}, TextKind::Hint)}
    , m_sendAsText{makeButton(QStringLiteral("composer.sendAsText"), tr("Send as text"), {}, ButtonKind::Small)}
    , m_sendAnyway{makeButton(QStringLiteral("composer.sendAnyway"), tr("Send anyway"), {}, ButtonKind::Small)}
    , m_size{new SizeMeter{QStringLiteral("composer.size")}}
{
    setFocusProxy(m_editor);
    build();
    connectParts();
}

void PayloadField::build()
{
    m_hint->setWordWrap(true);
    m_editor->setPlaceholderText(tr("{\"text\": \"Hello\"}"));
    m_editor->setMinimumHeight(72);
    m_editor->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // It takes what the rest leaves.
    m_format->setToolTip(tr("Format: line breaks and indents, nothing else"));
    m_minify->setToolTip(tr("Minify: no white space between the parts"));
    m_file->setToolTip(tr("Take the payload from a file; one can be dropped here, too"));
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addSpacing(metrics::small);
    layout->addWidget(m_editor, 1);
    layout->addSpacing(6);
    layout->addWidget(buildFoot());
}

QWidget* PayloadField::buildHead()
{
    constexpr int smallestHead = 440;
    auto* head = new QWidget;
    head->setMinimumWidth(smallestHead); // Words give way first, see resizeEvent().
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    QLabel* label = makeLabel(tr("Payload"), TextKind::Label);
    label->setBuddy(m_editor);
    layout->addWidget(label);
    layout->addSpacing(metrics::small);
    layout->addWidget(m_mode);
    layout->addStretch();
    for (QPushButton* button : {m_file, buildPlaceholderMenu(), m_format, m_minify})
        layout->addWidget(button);
    return head;
}

QPushButton* PayloadField::buildPlaceholderMenu()
{
    QPushButton* button = makeButton(QStringLiteral("composer.placeholder"), tr("Placeholder"), {}, ButtonKind::Small);
    button->setToolTip(tr("Insert a place that the form of an alert asks for"));
    auto* menu = new QMenu{button};
    const std::pair<QString, QString> kinds[] = {
        {tr("Text"), QStringLiteral("{{name}}")},
        {tr("Long text"), QStringLiteral("{{text:long}}")},
        {tr("Number"), QStringLiteral("{{minutes:number=10}}")},
        {tr("Choice"), QStringLiteral("{{level:choice(info,warn,critical)}}")},
        {tr("JSON"), QStringLiteral("{{value:json}}")},
    };
    for (const auto& [text, placeholder] : kinds)
        menu->addAction(text, this, [this, placeholder = placeholder] { insertPlaceholder(placeholder); });
    button->setMenu(menu);
    return button;
}

QWidget* PayloadField::buildFoot()
{
    auto* foot = new QWidget;
    auto* layout = new QHBoxLayout{foot};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::medium);
    layout->addWidget(m_hint, 1);
    layout->addWidget(m_sendAsText);
    layout->addWidget(m_sendAnyway);
    layout->addWidget(m_size);
    return foot;
}

void PayloadField::connectParts()
{
    connect(m_editor, &QPlainTextEdit::textChanged, this, &PayloadField::changed);
    connect(m_mode, &Segmented::chosen, this, &PayloadField::changed);
    connect(m_editor, &JsonEditor::pasteRefused, this, [this](std::size_t bytes) {
        Q_EMIT refused(tr("Not pasted: %1 are too much for the editor, which takes %2 at once.")
                           .arg(shownSize(bytes), shownSize(JsonEditor::maxPastedCharacters)));
    });
    connect(m_editor, &JsonEditor::fileDropped, this, &PayloadField::takeFile);
    connect(m_file, &QPushButton::clicked, this, &PayloadField::askForFile);
    connect(m_format, &QPushButton::clicked, this,
            [this] { rewrite([](std::string_view json) { return prettyJson(json); }); });
    connect(m_minify, &QPushButton::clicked, this, [this] { rewrite(&json::compact); });
    connect(m_sendAsText, &QPushButton::clicked, this, &PayloadField::sendAsTextRequested);
    connect(m_sendAnyway, &QPushButton::clicked, this, &PayloadField::sendAnywayRequested);
}

/// Where room is short, buttons are icons; what they are called stays their accessible name.
void PayloadField::resizeEvent(QResizeEvent* event)
{
    constexpr int roomForWords = 620;
    QWidget::resizeEvent(event);
    for (QPushButton* button : {m_file, m_format, m_minify})
        button->setText(width() < roomForWords ? QString{} : button->accessibleName());
}

std::string PayloadField::bytes() const
{
    return m_editor->bytes();
}

PayloadMode PayloadField::mode() const
{
    return static_cast<PayloadMode>(m_mode->current());
}

void PayloadField::setPayload(const std::string& bytes, PayloadMode mode)
{
    m_mode->setCurrent(static_cast<int>(mode));
    m_editor->replaceText(toQt(bytes));
}

int PayloadField::cursorPosition() const
{
    return m_editor->textCursor().position();
}

void PayloadField::setCursorPosition(int position)
{
    QTextCursor cursor = m_editor->textCursor();
    cursor.setPosition(std::clamp(position, 0, m_editor->document()->characterCount() - 1));
    m_editor->setTextCursor(cursor);
}

void PayloadField::goTo(int line, int column)
{
    const QTextBlock block = m_editor->document()->findBlockByNumber(line - 1);
    setCursorPosition(block.position() + std::min(column - 1, std::max(0, block.length() - 1)));
    m_editor->ensureCursorVisible();
}

void PayloadField::showState(const Draft& draft, const DraftProblems& problems, const DraftLimits& limits)
{
    const bool isJsonMode = draft.mode == PayloadMode::Json;
    const bool isEmpty = draft.payload.empty();
    const bool isJson = problems.payloadLine == 0;
    m_size->setSize(sentPayload(draft).bytes.size(), limits.maxPayloadBytes);
    m_editor->setColoured(isJsonMode);
    m_editor->setMistake(isJsonMode && !isJson && !isEmpty
                             ? std::optional{TextPlace{problems.payloadLine, problems.payloadColumn}}
                             : std::nullopt);
    const bool canRewrite = isJsonMode && !isEmpty && !json::check(draft.payload);
    m_format->setEnabled(canRewrite);
    m_minify->setEnabled(canRewrite);
    m_sendAsText->setVisible(isJsonMode && !isJson && !isEmpty && !problems.isTooLarge);
    m_sendAnyway->setVisible(problems.isTooLarge && !limits.isKnown && isJson);
    setStyleProperty(m_editor, "state", problems.payload.isEmpty() ? QString{} : QStringLiteral("wrong"));
    showHint(m_hint, problems.payload, hintFor(draft));
}

void PayloadField::rewrite(std::string (*change)(std::string_view))
{
    const std::string before = m_editor->bytes();
    if (json::check(before))
        return;
    m_editor->replaceText(toQt(change(before)));
    m_editor->setFocus();
}

void PayloadField::insertPlaceholder(const QString& placeholder)
{
    QTextCursor cursor = m_editor->textCursor();
    cursor.insertText(placeholder);
    // The name is what somebody types next.
    const auto nameLength = placeholder.indexOf(QRegularExpression{QStringLiteral("[:}=]")}) - 2;
    const int start = cursor.position() - static_cast<int>(placeholder.size()) + 2;
    cursor.setPosition(start);
    cursor.setPosition(start + static_cast<int>(nameLength), QTextCursor::KeepAnchor);
    m_editor->setTextCursor(cursor);
    m_editor->setFocus();
}

void PayloadField::askForFile()
{
    auto* dialog = new QFileDialog{this, tr("Take the payload from a file")};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &PayloadField::takeFile);
    dialog->open();
}

void PayloadField::takeFile(const QString& path)
{
    const QFileInfo info{path};
    const QString name = shownText(toStd(info.fileName()), 80);
    if (info.size() > JsonEditor::maxPastedCharacters) {
        Q_EMIT refused(tr("Not taken: %1 has %2, the editor takes %3.")
                           .arg(name, shownSize(static_cast<std::size_t>(info.size())),
                                shownSize(JsonEditor::maxPastedCharacters)));
        return;
    }
    QFile file{path};
    if (!info.isFile() || !file.open(QIODevice::ReadOnly)) {
        Q_EMIT refused(tr("Not taken: %1 cannot be read.").arg(name));
        return;
    }
    const QByteArray bytes = file.read(JsonEditor::maxPastedCharacters);
    const bool isText = isValidUtf8({bytes.data(), static_cast<std::size_t>(bytes.size())}) && !bytes.contains('\r');
    const bool isJson = isText && !json::check({bytes.data(), static_cast<std::size_t>(bytes.size())});
    // An editor knows one kind of line end only; as base64 the bytes stay as they are.
    m_mode->setCurrent(static_cast<int>(isJson ? PayloadMode::Json : isText ? PayloadMode::Text : PayloadMode::Base64));
    m_editor->replaceText(isText ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes.toBase64()));
    Q_EMIT changed();
}

} // namespace castdeck::ui
