#include "ui/pages/auth_check_list.h"

#include "ui/pages/auth_check_row.h"
#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int indent = 56; ///< Below the title of its row.

QLabel* makeParagraph(TextKind kind)
{
    QLabel* label = makeLabel({}, kind);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

AuthCheckList::AuthCheckList(QWidget* parent) : QWidget{parent}
{
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        m_entries[i] = makeEntry(i);
        layout->addWidget(m_entries[i].row);
        layout->addWidget(m_entries[i].explanation);
        connect(m_entries[i].row, &QAbstractButton::toggled, m_entries[i].explanation, &QWidget::setVisible);
    }
    layout->addStretch();
}

AuthCheckList::Entry AuthCheckList::makeEntry(std::size_t index)
{
    Entry entry{new CheckRow{index}, new QWidget, makeParagraph(TextKind::Plain), makeParagraph(TextKind::Muted)};
    auto* layout = new QVBoxLayout{entry.explanation};
    layout->setContentsMargins(indent, metrics::tiny, metrics::medium, metrics::medium);
    layout->setSpacing(metrics::tiny);
    layout->addWidget(entry.sentence);
    layout->addWidget(entry.nextStep);
    entry.sentence->setObjectName(QStringLiteral("auth.check.%1.sentence").arg(index + 1));
    entry.nextStep->setObjectName(QStringLiteral("auth.check.%1.next").arg(index + 1));
    const auto check = static_cast<remote::Check>(index);
    if (check == remote::Check::AuthForm || check == remote::Check::Key || check == remote::Check::Signature)
        hideBehindCurtain(entry.sentence); // It may name a key.
    entry.explanation->hide();
    return entry;
}

void AuthCheckList::open(std::size_t index, bool isOpen)
{
    m_entries[index].row->setChecked(isOpen);
}

void AuthCheckList::showReport(const remote::EndpointReport& report)
{
    const auto failed = report.firstFailed();
    m_opened = failed ? static_cast<std::size_t>(*failed) : 0;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const remote::CheckResult& result = report.checks[i];
        const Entry& entry = m_entries[i];
        entry.row->setResult(result);
        entry.row->setEnabled(true);
        entry.sentence->setText(result.mark == remote::CheckMark::NotReached ? tr("A check before this one failed.")
                                                                             : shownText(result.sentence, 1'000));
        entry.nextStep->setText(shownText(result.nextStep, 1'000));
        entry.nextStep->setVisible(!result.nextStep.empty());
        open(i, failed && i == m_opened);
    }
}

QWidget* AuthCheckList::openedRow() const
{
    return m_entries[m_opened].row;
}

} // namespace castdeck::ui
