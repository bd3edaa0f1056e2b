#include "ui/widgets/history_panel.h"

#include "ui/models/history_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/history_list.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int listHeight = 176;
constexpr int searchWidth = 240;

enum State { NothingSent, NothingFound, Messages };

} // namespace

HistoryPanel::HistoryPanel(HistoryModel* model, QWidget* parent)
    : QWidget{parent}
    , m_model{model}
    , m_fold{makeButton(QStringLiteral("history.toggle"), tr("Sent messages"), QStringLiteral("chevron-down"),
                        ButtonKind::Flat)}
    , m_search{new QLineEdit}
    , m_list{new HistoryList{model}}
    , m_stack{new QStackedWidget}
{
    auto* nothingSent = new EmptyState{QStringLiteral("history.empty.action")};
    nothingSent->setContent({QStringLiteral("history"),
                             tr("Nothing sent yet"),
                             tr("Each message you send is kept here; a click brings it back."),
                             {}});
    auto* nothingFound = new EmptyState{QStringLiteral("history.nothing.action")};
    nothingFound->setContent({QStringLiteral("search"), tr("No message has these words"),
                              tr("Event names, channels and payloads are searched, from the beginning of each word."),
                              tr("Clear search")});
    connect(nothingFound->button(), &QPushButton::clicked, m_search, &QLineEdit::clear);
    for (QWidget* state :
         {static_cast<QWidget*>(nothingSent), static_cast<QWidget*>(nothingFound), static_cast<QWidget*>(m_list)})
        m_stack->addWidget(state);
    m_stack->setFixedHeight(listHeight);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeArea("line"));
    layout->addWidget(buildHead());
    layout->addWidget(m_stack);

    const auto open = [this](const QModelIndex& index) { Q_EMIT opened(m_model->at(index.row())); };
    connect(m_list, &QListView::clicked, this, open);
    connect(m_list, &QListView::activated, this, open);
    m_fold->setProperty("kind", QStringLiteral("fold"));
    connect(m_fold, &QPushButton::clicked, this, &HistoryPanel::foldPressed);
    connect(m_search, &QLineEdit::textChanged, m_model, &HistoryModel::setWords);
    connect(m_model, &HistoryModel::searched, m_list, &QListView::scrollToTop);
    connect(m_model, &QAbstractItemModel::modelReset, this, &HistoryPanel::showState);
    // A later answer may come while somebody is in the list already: the next key must not fall into nothing.
    connect(m_model, &HistoryModel::searched, this, [this] {
        if (m_list->hasFocus() && !m_list->currentIndex().isValid())
            m_list->enter();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &HistoryPanel::showState);
    refresh();
}

QWidget* HistoryPanel::buildHead()
{
    m_search->setObjectName(QStringLiteral("history.search"));
    m_search->setPlaceholderText(tr("Search what was sent"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(searchWidth);
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(metrics::page, metrics::tiny, metrics::page, metrics::tiny);
    layout->addWidget(m_fold);
    layout->addStretch();
    layout->addWidget(m_search);
    return head;
}

void HistoryPanel::refresh()
{
    showState();
    m_search->setVisible(m_model->hasArchive() && isListShown());
}

void HistoryPanel::showState()
{
    const bool isEmpty = m_model->rowCount() == 0;
    m_stack->setCurrentIndex(!isEmpty ? Messages : m_model->words().isEmpty() ? NothingSent : NothingFound);
}

void HistoryPanel::setListShown(bool isShown)
{
    m_stack->setVisible(isShown);
    m_search->setVisible(isShown && m_model->hasArchive());
    m_fold->setIcon(icon(isShown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
}

bool HistoryPanel::isListShown() const
{
    return !m_stack->isHidden();
}

void HistoryPanel::enter()
{
    setListShown(true);
    if (!m_model->hasArchive()) {
        m_list->enter();
        return;
    }
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool HistoryPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down) {
        m_list->enter();
        return true;
    }
    if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    return false;
}

} // namespace castdeck::ui
