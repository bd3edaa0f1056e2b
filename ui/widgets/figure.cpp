#include "ui/widgets/figure.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

Figure::Figure(const QString& caption, QWidget* parent) : QFrame{parent}, m_text{makeLabel({}, TextKind::Figure)}
{
    setProperty("area", QStringLiteral("well"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed); // A number that is cut says another number.
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::medium, metrics::small, metrics::medium, metrics::small);
    layout->setSpacing(2);
    layout->addWidget(makeLabel(caption, TextKind::Hint));
    layout->addWidget(m_text);
}

void Figure::setText(const QString& text)
{
    m_text->setText(text);
}

QString Figure::text() const
{
    return m_text->text();
}

} // namespace castdeck::ui
