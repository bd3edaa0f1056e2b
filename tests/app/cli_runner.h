#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace castdeck::test {

/// Part of every secret that these tests use. It must never appear in any output.
inline constexpr const char* marker = "zqx-marker";

/// Runs castdeck-cli as a user would: in a folder of its own, with an environment that holds nothing of ours.
class CliRunner {
public:
    struct Outcome {
        int exitCode = -1; ///< -1 when it crashed or did not end in time.
        QByteArray out;
        QByteArray err;

        QJsonObject json() const; ///< Of the one line that `out` must be.
    };

    CliRunner();

    QString folder() const { return m_folder.path(); }
    void setVariable(const QString& name, const QString& value) { m_environment.insert(name, value); }
    void removeVariable(const QString& name) { m_environment.remove(name); }
    void writeFile(const QString& name, const QByteArray& content) const;
    QByteArray readFile(const QString& name) const;

    Outcome run(const QStringList& arguments, const QByteArray& input = {}) const;
    /// Started, not waited for. Its standard output goes to `outputFile` when one is named.
    std::unique_ptr<QProcess> start(const QStringList& arguments, const QString& outputFile = {}) const;
    /// How many files and sockets what is started later may open.
    void setDescriptorLimit(unsigned limit) { m_descriptorLimit = limit; }

    /// "app:key:SECRET", with the marker in the secret.
    static QString app();

private:
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
    unsigned m_descriptorLimit = 0; ///< 0: ours.
};

/// A `serve` that is up, on a free port unless the arguments name one. Ended with SIGTERM.
class ServeProcess {
public:
    explicit ServeProcess(const CliRunner& cli, const QStringList& arguments = {});
    ~ServeProcess();

    QProcess& process() { return *m_process; }
    const QJsonObject& line() const { return m_line; } ///< Empty when it did not come up.
    QString port() const { return QString::number(m_line[QLatin1String{"port"}].toInt()); }
    /// Sends the signal and waits for the end; the exit code, or -1.
    int end(int signal);
    const QByteArray& out() const { return m_out; }
    QByteArray err();

private:
    std::unique_ptr<QProcess> m_process;
    QJsonObject m_line;
    QByteArray m_out;
    QByteArray m_err;
};

} // namespace castdeck::test
