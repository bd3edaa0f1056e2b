#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QObject>
#include <QtCore/QProcess>
#include <QtCore/QString>

#include <chrono>
#include <functional>
#include <map>
#include <vector>

namespace castdeck::test {

/// Somebody outside the window: a process of Node.js with unmodified client libraries, told what to do by lines of
/// JSON. The commands are in actors/commands.js.
///
/// Thread: the one that made it; while it waits the event loop runs. Ends with this object.
class NodeActor : public QObject {
    Q_OBJECT

public:
    NodeActor();
    ~NodeActor() override;

    /// Sends a command and waits for its answer. A failure is in the answer's "error".
    QJsonObject ask(const QString& command, QJsonObject fields);
    /// Sends a command and leaves the answer to whoever waits for what it does.
    void tell(const QString& command, QJsonObject fields);

    /// What its clients told by themselves, oldest first.
    const std::vector<QJsonObject>& told() const { return m_told; }
    /// The events of that name that a client heard.
    std::vector<QJsonObject> heard(const QString& client, const QString& event) const;

    qint64 processId() const { return m_process.processId(); }
    /// What it said on standard error; a crash of the script is there.
    QByteArray complaints() const { return m_complaints; }

private:
    void read();

    QProcess m_process;
    int m_lastId = 0;
    std::map<int, QJsonObject> m_answers;
    std::vector<QJsonObject> m_told;
    QByteArray m_complaints;
};

} // namespace castdeck::test
