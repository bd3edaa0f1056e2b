#include "ui/widgets/notice_bar.h"

#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/icon_label.h"

#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr std::size_t maxShown = 600;

} // namespace

NoticeBar::NoticeBar(QWidget* parent) : QWidget{parent}
{
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    hide();
}

void NoticeBar::tell(const Notice& notice)
{
    QWidget* row = buildRow(notice);
    auto* rows = qobject_cast<QVBoxLayout*>(layout());
    QWidget*& known = m_rows[notice.id];
    rows->insertWidget(known != nullptr ? rows->indexOf(known) : -1, row);
    delete known;
    known = row;
    show();
}

void NoticeBar::dismiss(const QString& id)
{
    const auto found = m_rows.find(id);
    if (found == m_rows.end())
        return;
    found->second->hide();
    found->second->deleteLater(); // Perhaps by a button of its own.
    m_rows.erase(found);
    setVisible(!m_rows.empty());
}

QWidget* NoticeBar::buildRow(const Notice& notice)
{
    const QString name = QStringLiteral("notice.") + notice.id;
    QFrame* row = makeArea("notice");
    row->setObjectName(name);
    QLabel* text = makeLabel(shownText(toStd(notice.text), maxShown));
    text->setObjectName(name + QStringLiteral(".text"));
    text->setWordWrap(true);
    QToolButton* close = makeIconButton(name + QStringLiteral(".close"), QStringLiteral("close"), tr("Close"));
    connect(close, &QToolButton::clicked, this, [this, id = notice.id] { dismiss(id); });
    auto* layout = new QHBoxLayout{row};
    layout->setContentsMargins(metrics::large, metrics::small, metrics::medium, metrics::small);
    layout->setSpacing(metrics::medium);
    layout->addWidget(new IconLabel{QStringLiteral("warning"), Tone::Warning, metrics::icon});
    layout->addWidget(text, 1);
    if (!notice.action.isEmpty()) {
        QPushButton* act = makeButton(name + QStringLiteral(".act"), notice.action, {}, ButtonKind::Small);
        connect(act, &QPushButton::clicked, this, [run = notice.act] { run(); });
        layout->addWidget(act);
    }
    layout->addWidget(close);
    return row;
}

} // namespace castdeck::ui
