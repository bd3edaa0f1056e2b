#include "ui/widgets/form_fields.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtGui/QTextDocument>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

QLineEdit* makeField(const char* name, const QString& accessibleName, const QString& placeholder)
{
    auto* field = new QLineEdit;
    field->setObjectName(QLatin1String{name});
    field->setAccessibleName(accessibleName);
    field->setPlaceholderText(placeholder);
    return field;
}

QPlainTextEdit* makeLines(const char* name, const QString& accessibleName, const QString& placeholder, int lines)
{
    auto* text = new QPlainTextEdit;
    text->setObjectName(QLatin1String{name});
    text->setAccessibleName(accessibleName);
    text->setPlaceholderText(placeholder);
    text->setFont(codeFont());
    text->setTabChangesFocus(true);
    text->document()->setDocumentMargin(metrics::small); // As fields have.
    text->setFixedHeight(lines * text->fontMetrics().lineSpacing() + 2 * metrics::small + 2);
    return text;
}

QLabel* addField(QVBoxLayout* layout, const QString& caption, QWidget* field)
{
    QLabel* label = makeLabel(caption, TextKind::Label);
    label->setBuddy(field);
    layout->addWidget(label);
    layout->addWidget(field);
    layout->addSpacing(metrics::tiny);
    return label;
}

} // namespace castdeck::ui
