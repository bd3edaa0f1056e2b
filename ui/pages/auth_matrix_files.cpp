#include "ui/models/matrix_model.h"
#include "ui/pages/auth_matrix_tab.h"
#include "ui/text/shown_text.h"
#include "ui/widgets/controls.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>

#include <algorithm>

/// What AuthMatrixTab reads and writes.
namespace castdeck::ui {

namespace {

constexpr qint64 maxFileBytes = 4'194'304;

/// For a shell, as one word.
QString quoted(const QString& text)
{
    static const QString plain = QStringLiteral("-_./:=@%+,");
    const bool isPlain = std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || plain.contains(c);
    });
    return isPlain && !text.isEmpty() ? text : u'\'' + QString{text}.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

} // namespace

QPushButton* AuthMatrixTab::buildExport()
{
    QPushButton* button = makeButton(QStringLiteral("auth.matrix.export"), tr("Files"));
    auto* menu = new QMenu{button};
    const auto add = [&](const QString& text, const QString& name, bool isSave,
                         bool (AuthMatrixTab::*use)(const QString&)) {
        connect(menu->addAction(text), &QAction::triggered, this,
                [this, text, name, isSave, use] { askForFile(text, name, isSave, use); });
    };
    add(tr("Save matrix…"), QStringLiteral("permissions.json"), true, &AuthMatrixTab::saveMatrix);
    add(tr("Open matrix…"), {}, false, &AuthMatrixTab::openMatrix);
    menu->addSeparator();
    add(tr("Export results as JUnit…"), QStringLiteral("permissions.xml"), true, &AuthMatrixTab::saveJunit);
    add(tr("Export results as CSV…"), QStringLiteral("permissions.csv"), true, &AuthMatrixTab::saveCsv);
    button->setMenu(menu);
    return button;
}

void AuthMatrixTab::askForFile(const QString& title, const QString& name, bool isSave,
                               bool (AuthMatrixTab::*use)(const QString&))
{
    auto* dialog = new QFileDialog{this, title};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(isSave ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(isSave ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, use](const QString& path) { (this->*use)(path); });
    dialog->open();
}

bool AuthMatrixTab::write(const QString& path, const std::string& text)
{
    QSaveFile file{path};
    const bool isWritten = file.open(QIODevice::WriteOnly) &&
                           file.write(text.data(), static_cast<qint64>(text.size())) >= 0 && file.commit();
    m_cell->setText(isWritten ? tr("Written: %1").arg(path)
                              : tr("%1 could not be written: %2").arg(path, file.errorString()));
    return isWritten;
}

bool AuthMatrixTab::saveMatrix(const QString& path)
{
    if (!write(path, remote::matrixFile(m_model->matrix())))
        return false;
    m_file = path;
    const auto saved = remote::readMatrix(remote::matrixFile(m_model->matrix()));
    QStringList variables;
    for (const std::string& name : saved ? variablesOf(*saved) : std::vector<std::string>{})
        variables << toQt(name);
    if (!variables.isEmpty())
        m_cell->setText(tr("Written without the values of headers and cookies. Set these variables for the command: %1")
                            .arg(variables.join(QStringLiteral(", "))));
    m_command->setText(commandLine());
    return true;
}

bool AuthMatrixTab::openMatrix(const QString& path)
{
    QFile file{path};
    if (!file.open(QIODevice::ReadOnly)) {
        m_cell->setText(tr("%1 could not be read: %2").arg(path, file.errorString()));
        return false;
    }
    auto matrix = remote::readMatrix(file.read(maxFileBytes).toStdString());
    if (!matrix) {
        m_cell->setText(tr("%1: %2").arg(path, shownText(matrix.error().detail, 400)));
        return false;
    }
    // Those that are here already keep what they are logged in with.
    for (const Persona& persona : matrix->personas) {
        if (m_book.find(persona.id) == nullptr)
            m_book.put(persona);
    }
    matrix->personas = m_book.personas();
    m_file = path;
    m_endpoint->setText(toQt(matrix->url));
    setMatrix(std::move(*matrix));
    return true;
}

bool AuthMatrixTab::saveJunit(const QString& path)
{
    return write(path, junitReport(m_model->matrix(), m_model->results()));
}

bool AuthMatrixTab::saveCsv(const QString& path)
{
    return write(path, csvReport(m_model->matrix(), m_model->results()));
}

QString AuthMatrixTab::commandLine() const
{
    const QString file = m_file.isEmpty() ? QStringLiteral("permissions.json") : m_file;
    const QString report = m_file.isEmpty() ? QStringLiteral("permissions.xml")
                                            : QFileInfo{m_file}.path() + u'/' + QFileInfo{m_file}.completeBaseName() +
                                                  QStringLiteral(".xml");
    return QStringLiteral("castdeck-cli authorize --matrix %1 --junit %2").arg(quoted(file), quoted(report));
}

} // namespace castdeck::ui
