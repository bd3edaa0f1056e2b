#include "ui/widgets/filter_bar.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/filter_chips.h"
#include "ui/widgets/filter_line.h"

#include <QtCore/QRegularExpression>
#include <QtGui/QAction>
#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto typingPause = 150ms;

} // namespace

FilterBar::FilterBar(Documents& documents, QWidget* parent)
    : QWidget{parent}
    , m_line{new FilterLine}
    , m_star{makeIconButton(QStringLiteral("log.filter.star"), QStringLiteral("star"),
                            tr("Save this filter under a name"))}
    , m_remarkLabel{makeLabel({}, TextKind::Hint)}
    , m_chips{new FilterChips{documents}}
    , m_name{new QLineEdit}
{
    m_naming = buildNaming();
    build();
    connect(m_line, &QLineEdit::textChanged, this, [this] { m_delay.start(typingPause); });
    connect(m_line, &QLineEdit::returnPressed, this, &FilterBar::applyNow);
    connect(&m_delay, &QTimer::timeout, this, &FilterBar::apply);
    connect(m_star, &QToolButton::clicked, this, [this] { startNaming({}, {}); });
    connect(m_chips, &FilterChips::filterChanged, this, &FilterBar::filterChanged);
    connect(m_chips, &FilterChips::renameRequested, this, &FilterBar::startNaming);
    connect(m_chips, &FilterChips::editRequested, this, [this](const QString& text) {
        m_chips->switchOff();
        setText(text);
        m_line->setFocus();
    });
    auto* leave = new QShortcut{Qt::Key_Escape, m_line};
    leave->setContext(Qt::WidgetShortcut);
    connect(leave, &QShortcut::activated, this, [this] { m_line->text().isEmpty() ? Q_EMIT left() : setText({}); });
    apply();
}

void FilterBar::build()
{
    m_line->setObjectName(QStringLiteral("log.filter"));
    m_line->setAccessibleName(tr("Filter"));
    m_line->setPlaceholderText(tr("Filter: words, channel:orders.*, type:api, -user:ana, json:$.total>100, since:5m"));
    m_line->addAction(icon(QStringLiteral("search"), Tone::Faint), QLineEdit::LeadingPosition);
    m_remarkLabel->setObjectName(QStringLiteral("log.filter.remark"));
    m_remarkLabel->setWordWrap(true);
    m_delay.setSingleShot(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::tiny);
    row->addWidget(m_line, 1);
    row->addWidget(m_star);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addLayout(row);
    layout->addWidget(m_remarkLabel);
    layout->addWidget(m_naming);
    layout->addWidget(m_chips);
}

QWidget* FilterBar::buildNaming()
{
    auto* naming = new QWidget;
    m_name->setObjectName(QStringLiteral("log.filter.name"));
    m_name->setAccessibleName(tr("Name of the filter"));
    m_name->setPlaceholderText(tr("Name of the filter"));
    m_name->setMaxLength(60);
    m_name->setMaximumWidth(260);
    auto* save = makeButton(QStringLiteral("log.filter.save"), tr("Save"), {}, ButtonKind::Primary);
    auto* cancel = makeButton(QStringLiteral("log.filter.cancel"), tr("Cancel"));
    auto* layout = new QHBoxLayout{naming};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_name, 1);
    layout->addWidget(save);
    layout->addWidget(cancel);
    layout->addStretch();
    connect(save, &QPushButton::clicked, this, &FilterBar::finishNaming);
    connect(m_name, &QLineEdit::returnPressed, this, &FilterBar::finishNaming);
    connect(cancel, &QPushButton::clicked, naming, &QWidget::hide);
    auto* leave = new QShortcut{Qt::Key_Escape, m_name};
    leave->setContext(Qt::WidgetShortcut);
    connect(leave, &QShortcut::activated, naming, &QWidget::hide);
    naming->hide();
    return naming;
}

LogFilter FilterBar::filter() const
{
    return LogFilter::both(m_lineFilter, m_chips->filter());
}

bool FilterBar::isEmpty() const
{
    return m_line->text().isEmpty() && !m_chips->isAnyOn();
}

void FilterBar::setText(const QString& text)
{
    m_line->setText(text);
    apply();
}

void FilterBar::addTerm(const QString& term)
{
    const QString before = m_line->text().trimmed();
    if (before == term || before.endsWith(u' ' + term))
        return; // It was asked for twice, as by a double click.
    static const QRegularExpression either{QStringLiteral("(^|[\\s)])or([\\s(]|$)"),
                                           QRegularExpression::CaseInsensitiveOption};
    const bool needsBrackets = before.contains(either);
    if (before.isEmpty())
        setText(term);
    else
        setText((needsBrackets ? QStringLiteral("(%1) %2") : QStringLiteral("%1 %2")).arg(before, term));
}

void FilterBar::clear()
{
    m_chips->switchOff();
    setText({});
}

void FilterBar::applyNow()
{
    if (m_delay.isActive())
        apply();
}

void FilterBar::apply()
{
    m_delay.stop();
    LogFilter::Parsed parsed = LogFilter::parse(m_line->text());
    const bool isGood = parsed.filter.has_value();
    m_line->setMistake(isGood ? std::nullopt : std::optional{parsed.mistake});
    m_mistake = isGood ? QString{} : tr("%1 The last good filter stays on.").arg(parsed.mistake.sentence);
    m_star->setEnabled(isGood && !parsed.filter->isEmpty());
    if (isGood)
        m_lineFilter = std::move(*parsed.filter);
    showRemark();
    if (isGood)
        Q_EMIT filterChanged();
}

void FilterBar::setRemark(const QString& remark)
{
    if (m_remark == remark)
        return;
    m_remark = remark;
    showRemark();
}

void FilterBar::showRemark()
{
    const bool isMistake = !m_mistake.isEmpty();
    setStyleProperty(m_remarkLabel, "textKind", isMistake ? QStringLiteral("error") : QStringLiteral("hint"));
    m_remarkLabel->setText(isMistake ? m_mistake : m_remark);
    m_remarkLabel->setVisible(!m_remarkLabel->text().isEmpty());
}

void FilterBar::startNaming(const QString& id, const QString& name)
{
    m_renamedId = id;
    m_name->setText(name);
    m_naming->show();
    m_name->setFocus();
    m_name->selectAll();
}

void FilterBar::finishNaming()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty())
        return;
    m_naming->hide();
    if (!m_renamedId.isEmpty()) {
        m_chips->rename(m_renamedId, name);
        return;
    }
    const QString text = m_line->text().trimmed();
    m_chips->save(name, text); // The chip takes over from the line.
    setText({});
}

} // namespace castdeck::ui
