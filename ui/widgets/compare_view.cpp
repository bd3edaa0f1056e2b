#include "ui/widgets/compare_view.h"

#include "core/base/json.h"
#include "ui/models/differences_model.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"

#include <QtCore/QDateTime>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace castdeck::ui {

namespace {

constexpr int deepest = 500;

QString titleOf(const QString& letter, const engine::Event& event)
{
    const auto milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(event.at.time_since_epoch()).count();
    return QStringLiteral("%1  %2  %3  %4")
        .arg(letter, QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("HH:mm:ss.zzz")),
             shownText(event.channel, 80), shownText(event.event, 80));
}

} // namespace

CompareView::CompareView(QWidget* parent)
    : QWidget{parent}
    , m_stack{new QStackedWidget}
    , m_sideA{makeLabel()}
    , m_sideB{makeLabel()}
    , m_result{makeLabel({}, TextKind::Head)}
    , m_model{new DifferencesModel{this}}
    , m_table{new DataTable{QStringLiteral("inspector.compare.table"), tr("Differences")}}
    , m_empty{new EmptyState{QStringLiteral("inspector.compare.action")}}
{
    setObjectName(QStringLiteral("inspector.compare"));
    build();
}

void CompareView::build()
{
    m_result->setObjectName(QStringLiteral("inspector.compare.result"));
    m_result->setWordWrap(true);
    m_sideA->setWordWrap(true);
    m_sideB->setWordWrap(true);
    m_table->setColumnWidths({84, 0, 0, 0});
    m_table->setModel(m_model);
    m_table->hideBelow(320, DifferencesModel::Kind);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout{content};
    layout->setContentsMargins(0, metrics::medium, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_sideA);
    layout->addWidget(m_sideB);
    layout->addWidget(m_result);
    layout->addWidget(m_table, 1);
    m_stack->addWidget(content);
    m_stack->addWidget(m_empty);
    auto* margin = new QVBoxLayout{this};
    margin->setContentsMargins(0, 0, 0, 0);
    margin->addWidget(m_stack);
}

void CompareView::setSides(const std::optional<engine::Event>& a, const std::optional<engine::Event>& b)
{
    m_a = a;
    m_b = b;
    m_isStale = true;
    if (isVisible())
        compare();
}

QString CompareView::result() const
{
    return m_result->text();
}

void CompareView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        compare();
}

void CompareView::compare()
{
    m_isStale = false;
    const bool hasBoth = m_a && m_b && m_a->payload && m_b->payload;
    m_stack->setCurrentIndex(hasBoth ? 0 : 1);
    if (!hasBoth) {
        m_model->setDifferences({});
        m_empty->setContent({QStringLiteral("compare"),
                             m_a || m_b ? tr("Mark one more row") : tr("Mark two rows to compare"),
                             m_a ? tr("Select another row of the log and press B.")
                                 : tr("Select a row of the log and press A, then another and press B."),
                             {}});
        return;
    }
    m_sideA->setText(titleOf(QStringLiteral("A"), *m_a));
    m_sideB->setText(titleOf(QStringLiteral("B"), *m_b));
    comparePayloads(*m_a->payload, *m_b->payload);
}

void CompareView::comparePayloads(const std::string& a, const std::string& b)
{
    if (a == b) {
        m_model->setDifferences({});
        m_result->setText(tr("The payloads are the same, byte for byte."));
    } else if (json::check(a, deepest) || json::check(b, deepest)) {
        const auto place = std::ranges::mismatch(a, b).in1 - a.begin();
        m_model->setDifferences({});
        m_result->setText(tr("The texts differ from byte %1 on.").arg(shownCount(static_cast<std::size_t>(place) + 1)));
    } else {
        JsonComparison comparison = compareJson(a, b);
        const std::size_t count = comparison.differences.size();
        m_result->setText(count == 0         ? tr("They say the same; only white space or the order of names differs.")
                          : comparison.isCut ? tr("More than %1 differences").arg(shownCount(count))
                          : count == 1       ? tr("1 difference")
                                             : tr("%1 differences").arg(shownCount(count)));
        m_model->setDifferences(std::move(comparison.differences));
    }
    m_table->setVisible(m_model->rowCount() > 0);
}

void CompareView::fillSample(CompareView& view)
{
    engine::Event a;
    a.kind = engine::EventKind::ApiMessage;
    a.at = std::chrono::system_clock::now();
    a.channel = "orders";
    a.event = "order.shipped";
    engine::Event b = a;
    a.payload = std::make_shared<const std::string>(
        R"({"id":1042,"total":189.90,"items":["a7","b8"],"carrier":"PostNL","gift":true})");
    b.payload = std::make_shared<const std::string>(
        R"({"carrier":"DHL","id":1042,"total":189.9,"items":["a7","b8","c9"],"note":"Leave at the door"})");
    b.at += std::chrono::milliseconds{2'310};
    view.setSides(a, b);
}

} // namespace castdeck::ui
