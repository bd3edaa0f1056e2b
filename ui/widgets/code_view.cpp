#include "ui/widgets/code_view.h"

#include "ui/text/listen_hint.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/value_text.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace castdeck::ui {

CodeView::CodeView(QWidget* parent) : QWidget{parent}, m_layout{new QVBoxLayout{this}}
{
    setObjectName(QStringLiteral("inspector.code"));
    m_layout->setContentsMargins(0, metrics::medium, 0, 0);
    m_layout->setSpacing(metrics::small);
    setListening({}, {});
}

void CodeView::setListening(const std::string& channel, const std::string& event)
{
    qDeleteAll(findChildren<QWidget*>(QString{}, Qt::FindDirectChildrenOnly));
    while (QLayoutItem* item = m_layout->takeAt(0))
        delete item;
    if (channel.empty() || event.empty()) {
        QLabel* nothing = makeLabel(tr("Select a message to see how to listen for it."), TextKind::Hint);
        nothing->setWordWrap(true);
        m_layout->addWidget(nothing);
    } else {
        for (const ListenHint& hint : listenHints(channel, event))
            addHint(hint.client, hint.code, hint.note);
    }
    m_layout->addStretch(1);
}

void CodeView::addHint(const QString& client, const QString& code, const QString& note)
{
    QPushButton* copy =
        makeButton(QStringLiteral("code.copy.") + client, tr("Copy"), QStringLiteral("copy"), ButtonKind::Small);
    copy->setAccessibleName(tr("Copy the line for %1").arg(client));
    connect(copy, &QPushButton::clicked, copy, [copy, code] { copyWithNotice(copy, code); });
    auto* head = new QWidget;
    auto* line = new QHBoxLayout{head};
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(makeLabel(client, TextKind::Label), 1);
    line->addWidget(copy);
    m_layout->addWidget(head);
    auto* text = new ValueText{codeFont()};
    text->setObjectName(QStringLiteral("code.line.") + client);
    text->setAccessibleName(client);
    text->setText(code);
    m_layout->addWidget(text);
    if (!note.isEmpty()) {
        QLabel* why = makeLabel(note, TextKind::Hint);
        why->setWordWrap(true);
        m_layout->addWidget(why);
    }
    m_layout->addSpacing(metrics::small);
}

} // namespace castdeck::ui
