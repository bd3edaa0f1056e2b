#include "ui/pages/config_problem.h"

#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/value_text.h"

#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

ConfigProblem::ConfigProblem(const QString& file, const QStringList& problems, GoodCopy goodCopy, Time time,
                             QWidget* parent)
    : QWidget{parent}
{
    setObjectName(QStringLiteral("window.config"));
    setProperty("area", QStringLiteral("page"));
    setAttribute(Qt::WA_StyledBackground);
    setWindowTitle(tr("Castdeck"));
    setWindowIcon(icon(QStringLiteral("castdeck")));
    resize(720, 360);

    auto* what = new ValueText{bodyFont()};
    const QString meaning = time == Time::AtStart
                                ? tr("The server was not started, and the file was left as it is: %1")
                                : tr("The server goes on with what it had, and the file was left as it is: %1");
    what->setText(meaning.arg(shownText(toStd(file), 4'096)));
    auto* list = new QPlainTextEdit;
    list->setObjectName(QStringLiteral("config.problems"));
    list->setAccessibleName(tr("What is wrong"));
    list->setReadOnly(true);
    list->setProperty("look", QStringLiteral("code"));
    list->setFont(codeFont());
    list->setTabChangesFocus(true);
    list->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    for (const QString& problem : problems)
        list->appendPlainText(shownText(toStd(problem), 1'024));

    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::page);
    layout->setSpacing(metrics::large);
    layout->addWidget(makeLabel(tr("The configuration cannot be used"), TextKind::Title));
    layout->addWidget(what);
    layout->addWidget(list, 1);
    layout->addWidget(buildActions(goodCopy, time));
    connect(new QShortcut{QKeySequence{time == Time::AtStart ? Qt::CTRL | Qt::Key_Q : QKeyCombination{Qt::Key_Escape}},
                          this},
            &QShortcut::activated, this, &QWidget::close);
}

QWidget* ConfigProblem::buildActions(GoodCopy goodCopy, Time time)
{
    QPushButton* retry = makeButton(QStringLiteral("config.retry"), tr("Try again"), {}, ButtonKind::Primary);
    QPushButton* restore = makeButton(QStringLiteral("config.restore"), tr("Use the last good copy"));
    QPushButton* quit = makeButton(QStringLiteral("config.quit"), time == Time::AtStart ? tr("Quit") : tr("Close"));
    restore->setToolTip(tr("Puts it in place of the file, which is kept beside it with the ending .broken"));
    restore->setVisible(goodCopy == GoodCopy::OnOffer);
    connect(retry, &QPushButton::clicked, this, &ConfigProblem::retryRequested);
    connect(restore, &QPushButton::clicked, this, &ConfigProblem::restoreRequested);
    connect(quit, &QPushButton::clicked, this, &QWidget::close);

    auto* actions = new QWidget;
    auto* layout = new QHBoxLayout{actions};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(quit);
    layout->addStretch();
    layout->addWidget(restore);
    layout->addWidget(retry);
    retry->setFocus();
    return actions;
}

} // namespace castdeck::ui
