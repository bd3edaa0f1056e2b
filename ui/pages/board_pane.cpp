#include "ui/pages/board_pane.h"

#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/alert_board.h"
#include "ui/widgets/alert_tile.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/first_focus.h"
#include "ui/widgets/template_form.h"
#include "ui/widgets/template_sheet.h"

#include <QtCore/QFile>
#include <QtCore/QTimer>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>

#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr qint64 maxFileBytes = 4'194'304;

QString fileKind()
{
    return BoardPane::tr("Alerts (*.json)");
}

} // namespace

BoardPane::BoardPane(Documents& documents, QWidget* parent)
    : QWidget{parent}
    , m_list{new TemplateList{documents, this}}
    , m_stack{new QStackedWidget}
    , m_content{new QStackedWidget}
    , m_board{new AlertBoard{*m_list}}
    , m_form{new TemplateForm}
    , m_sheet{new TemplateSheet}
    , m_undoBar{buildUndoBar()}
    , m_undoTime{new QTimer{this}}
{
    setObjectName(QStringLiteral("board.pane"));
    m_profile.id = Profile::localId;
    m_stack->addWidget(buildBoardPage());
    m_stack->addWidget(m_form);
    m_stack->addWidget(m_sheet);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_undoTime->setSingleShot(true);
    m_undoTime->setInterval(10s);
    m_undoBar->hide();
    connectParts();
    showContent();
    setFirstFocus(*this, {m_board, m_form, m_sheet, m_content->widget(0)});
}

QWidget* BoardPane::buildBoardPage()
{
    QPushButton* add =
        makeButton(QStringLiteral("board.new"), tr("New alert"), QStringLiteral("plus"), ButtonKind::Small);
    add->setToolTip(tr("Keep the message of the composer as an alert (Ctrl+S)"));
    connect(add, &QPushButton::clicked, this, &BoardPane::saveWanted);
    QPushButton* more = makeButton(QStringLiteral("board.menu"), tr("Board"), {}, ButtonKind::Small);
    auto* menu = new QMenu{more};
    menu->addAction(tr("Add samples"), this, &BoardPane::addSamples);
    menu->addAction(tr("Import…"), this, &BoardPane::askForImport);
    menu->addAction(tr("Export…"), this, &BoardPane::askForExport);
    more->setMenu(menu);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::small);
    head->addWidget(makeLabel(tr("Alerts"), TextKind::Label));
    head->addStretch();
    head->addWidget(add);
    head->addWidget(more);
    m_content->addWidget(buildEmptyPage());
    m_content->addWidget(m_board);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout{page};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addLayout(head);
    layout->addWidget(m_content, 1);
    layout->addWidget(m_undoBar);
    return page;
}

QWidget* BoardPane::buildEmptyPage()
{
    auto* empty = new EmptyState{QStringLiteral("board.empty.save")};
    empty->setContent({QStringLiteral("message"), tr("Keep messages you send often"),
                       tr("An alert is a message with places to fill in. It is sent with a press and Enter."),
                       tr("Save current message")});
    connect(empty->button(), &QPushButton::clicked, this, &BoardPane::saveWanted);
    QPushButton* samples = makeButton(QStringLiteral("board.empty.samples"), tr("See samples"), {}, ButtonKind::Flat);
    connect(samples, &QPushButton::clicked, this, &BoardPane::addSamples);
    empty->addBelow(samples);
    return empty;
}

QWidget* BoardPane::buildUndoBar()
{
    m_undoText = makeLabel();
    QPushButton* undo = makeButton(QStringLiteral("board.undo"), tr("Undo"), QStringLiteral("undo"), ButtonKind::Small);
    connect(undo, &QPushButton::clicked, this, [this] {
        m_list->undoRemove();
        m_undoBar->hide();
    });
    QFrame* bar = makeArea("well");
    auto* layout = new QHBoxLayout{bar};
    layout->setContentsMargins(metrics::medium, metrics::tiny, metrics::tiny, metrics::tiny);
    layout->addWidget(m_undoText, 1);
    layout->addWidget(undo);
    return bar;
}

void BoardPane::connectParts()
{
    connect(m_board, &AlertBoard::chosen, this, &BoardPane::openTemplate);
    connect(m_board, &AlertBoard::menuRequested, this, &BoardPane::showMenu);
    connect(m_board, &AlertBoard::contentChanged, this, &BoardPane::showContent);
    connect(m_form, &TemplateForm::closed, this, &BoardPane::showBoard);
    connect(m_form, &TemplateForm::sendRequested, this,
            [this](const Draft& draft) { Q_EMIT sendRequested(m_form->message(), draft); });
    connect(m_form, &TemplateForm::refused, this, [this](const QString& sentence) { Q_EMIT said(sentence, true); });
    connect(m_form, &TemplateForm::editRequested, this, [this] {
        const Template message = m_form->message();
        showBoard();
        Q_EMIT editWanted(message);
    });
    connect(m_sheet, &TemplateSheet::saved, this, &BoardPane::take);
    connect(m_sheet, &TemplateSheet::closed, this, &BoardPane::showBoard);
    connect(m_undoTime, &QTimer::timeout, m_undoBar, &QWidget::hide);
}

void BoardPane::setProfile(const Profile& profile)
{
    m_profile = profile;
    showBoard();
    m_board->setProfile(profile.id);
}

void BoardPane::showContent()
{
    m_content->setCurrentIndex(m_board->isEmpty() ? 0 : 1);
}

void BoardPane::showBoard()
{
    const bool hadFocus = m_stack->currentIndex() != 0 && isAncestorOf(focusWidget());
    m_stack->setCurrentIndex(0);
    if (hadFocus)
        m_board->setFocus();
}

void BoardPane::showSent(const std::string& templateId)
{
    if (const Template* message = m_list->find(templateId)) {
        Template sent = *message;
        sent.lastSent = QDateTime::currentDateTime();
        m_list->replace(sent);
    }
    m_stack->setCurrentIndex(0);
    m_board->setFocus();
}

void BoardPane::openTemplate(const std::string& templateId)
{
    const Template* const message = m_list->find(templateId);
    if (message == nullptr)
        return;
    Q_EMIT templateOpened(*message);
    m_stack->setCurrentWidget(m_form);
    m_form->open(*message);
}

void BoardPane::openSheet(const Template& message)
{
    m_stack->setCurrentWidget(m_sheet);
    m_sheet->open(message, m_list->folders(), m_profile);
}

void BoardPane::take(const Template& message)
{
    std::string id = message.id;
    if (id.empty())
        id = m_list->add(message);
    else
        m_list->replace(message);
    showBoard();
    if (AlertTile* tile = m_board->tile(id)) {
        tile->setFocus();
        m_board->ensureWidgetVisible(tile);
    }
    Q_EMIT said(tr("Saved as the template %1, a tile of the board.").arg(shownText(toStd(message.name), 80)), false);
}

void BoardPane::addSamples()
{
    for (const Template& message : sampleTemplates())
        m_list->add(message);
}

void BoardPane::removeTemplate(const std::string& templateId)
{
    const Template* const message = m_list->find(templateId);
    if (message == nullptr)
        return;
    m_undoText->setText(tr("%1 was deleted.").arg(shownText(toStd(message->name), 60)));
    m_list->remove(templateId);
    m_undoBar->show();
    m_undoTime->start();
}

void BoardPane::showMenu(const std::string& templateId, const QPoint& globalPosition)
{
    const Template* const message = m_list->find(templateId);
    if (message == nullptr)
        return;
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const std::string id = templateId;
    menu->addAction(tr("Open"), this, [this, id] { openTemplate(id); });
    menu->addAction(tr("Edit message"), this, [this, copy = *message] { Q_EMIT editWanted(copy); });
    menu->addAction(tr("Name, folder, colour"), this, [this, copy = *message] { openSheet(copy); });
    menu->addAction(tr("Duplicate"), this, [this, id] { m_list->duplicate(id); });
    menu->addSeparator();
    menu->addAction(tr("Move forward"), this, [this, id] { m_board->moveTile(id, -1); });
    menu->addAction(tr("Move back"), this, [this, id] { m_board->moveTile(id, 1); });
    menu->addSeparator();
    menu->addAction(tr("Delete"), this, [this, id] { removeTemplate(id); });
    menu->popup(globalPosition);
}

QString BoardPane::importFrom(const QByteArray& file)
{
    const auto imported = importTemplates(file);
    if (!imported)
        return tr("Not imported: this is no file of alerts that this version knows.");
    for (const Template& message : imported->templates)
        m_list->add(message);
    return imported->skipped == 0
               ? tr("Imported %1 alerts.").arg(imported->templates.size())
               : tr("Imported %1 alerts; %2 could not be read.").arg(imported->templates.size()).arg(imported->skipped);
}

void BoardPane::askForImport()
{
    auto* dialog = new QFileDialog{this, tr("Import alerts"), {}, fileKind()};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QFile file{path};
        if (file.size() > maxFileBytes || !file.open(QIODevice::ReadOnly))
            Q_EMIT said(tr("Not imported: the file cannot be read, or is too large."), true);
        else
            Q_EMIT said(importFrom(file.readAll()), false);
    });
    dialog->open();
}

void BoardPane::askForExport()
{
    auto* dialog = new QFileDialog{this, tr("Export alerts"), QStringLiteral("alerts.json"), fileKind()};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QFile file{path};
        const QByteArray content = exportTemplates(m_list->all());
        const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush();
        Q_EMIT said(isWritten ? tr("Exported %1 alerts.").arg(m_list->all().size())
                              : tr("Not exported: the file cannot be written."),
                    !isWritten);
    });
    dialog->open();
}

} // namespace castdeck::ui
