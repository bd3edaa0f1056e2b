#pragma once

#include <QByteArray>
#include <QList>
#include <QProcess>

#include <memory>

namespace castdeck::test {

/// A running `castdeck-cli listen`, with what it has printed so far.
struct ListenProcess {
    std::unique_ptr<QProcess> process;
    QByteArray out{};
    QByteArray err{};

    void read()
    {
        out += process->readAllStandardOutput();
        err += process->readAllStandardError();
    }
    bool hasSaid(const QByteArray& text)
    {
        read();
        return err.contains(text);
    }
    /// The whole lines of its standard output.
    QList<QByteArray> lines()
    {
        read();
        QList<QByteArray> lines = out.split('\n');
        lines.removeLast();
        return lines;
    }
};

} // namespace castdeck::test
