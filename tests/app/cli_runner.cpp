#include "tests/app/cli_runner.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

namespace castdeck::test {

namespace {

constexpr int patienceMs = 20'000;

QString binary()
{
    return qEnvironmentVariable("CASTDECK_BIN_DIR") + QStringLiteral("/castdeck-cli");
}

QStringList withPort(const QStringList& arguments)
{
    const QString port = QStringLiteral("--port");
    const QStringList free = arguments.contains(port) ? QStringList{} : QStringList{port, QStringLiteral("0")};
    return QStringList{QStringLiteral("serve")} + free + arguments;
}

/// Whatever a test looks for, it looks for this as well.
void checkForSecrets(const QByteArray& text)
{
    if (text.contains(marker))
        QTest::qFail("a secret was printed", __FILE__, __LINE__);
}

} // namespace

QJsonObject CliRunner::Outcome::json() const
{
    return out.count('\n') == 1 ? QJsonDocument::fromJson(out).object() : QJsonObject{};
}

CliRunner::CliRunner()
{
    m_environment.insert(QStringLiteral("HOME"), m_folder.path());
    m_environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
}

void CliRunner::writeFile(const QString& name, const QByteArray& content) const
{
    QFile file{m_folder.filePath(name)};
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

QByteArray CliRunner::readFile(const QString& name) const
{
    QFile file{m_folder.filePath(name)};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

std::unique_ptr<QProcess> CliRunner::start(const QStringList& arguments, const QString& outputFile) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->setWorkingDirectory(m_folder.path());
    if (!outputFile.isEmpty())
        process->setStandardOutputFile(outputFile);
    if (m_descriptorLimit > 0)
        process->setChildProcessModifier([limit = m_descriptorLimit] {
            const rlimit both{limit, limit};
            ::setrlimit(RLIMIT_NOFILE, &both);
        });
    process->start(binary(), arguments);
    return process;
}

CliRunner::Outcome CliRunner::run(const QStringList& arguments, const QByteArray& input) const
{
    const auto process = start(arguments);
    process->write(input);
    process->closeWriteChannel();
    Outcome outcome;
    if (process->waitForFinished(patienceMs) && process->exitStatus() == QProcess::NormalExit)
        outcome.exitCode = process->exitCode();
    else
        process->kill();
    outcome.out = process->readAllStandardOutput();
    outcome.err = process->readAllStandardError();
    checkForSecrets(outcome.out + outcome.err);
    return outcome;
}

QString CliRunner::app()
{
    return QStringLiteral("app:key:") + QLatin1String{marker};
}

ServeProcess::ServeProcess(const CliRunner& cli, const QStringList& arguments)
    : m_process{cli.start(withPort(arguments))}
{
    const auto hasLine = [this] {
        m_out += m_process->readAllStandardOutput();
        return m_out.contains('\n') || m_process->state() == QProcess::NotRunning;
    };
    [&] { QTRY_VERIFY_WITH_TIMEOUT(hasLine(), patienceMs); }();
    m_line = QJsonDocument::fromJson(m_out).object();
    if (m_line.isEmpty())
        QTest::qFail(m_process->readAllStandardError().constData(), __FILE__, __LINE__);
}

ServeProcess::~ServeProcess()
{
    end(SIGTERM);
}

QByteArray ServeProcess::err()
{
    m_err += m_process->readAllStandardError();
    return m_err;
}

int ServeProcess::end(int signal)
{
    if (m_process->state() == QProcess::NotRunning)
        return -1;
    ::kill(static_cast<pid_t>(m_process->processId()), signal);
    const bool hasEnded = m_process->waitForFinished(patienceMs);
    m_out += m_process->readAllStandardOutput();
    checkForSecrets(m_out + err());
    if (!hasEnded)
        m_process->kill();
    return hasEnded && m_process->exitStatus() == QProcess::NormalExit ? m_process->exitCode() : -1;
}

} // namespace castdeck::test
