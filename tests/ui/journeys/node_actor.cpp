#include "tests/ui/journeys/node_actor.h"

#include "tests/ui/journeys/waiting.h"

#include <QtCore/QJsonDocument>

namespace castdeck::test {

using namespace std::chrono_literals;

NodeActor::NodeActor()
{
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &NodeActor::read);
    connect(&m_process, &QProcess::readyReadStandardError, this,
            [this] { m_complaints += m_process.readAllStandardError(); });
    const QString script =
        qEnvironmentVariable("CASTDECK_SOURCE_DIR") + QStringLiteral("/tests/ui/journeys/actors/actor.js");
    m_process.start(QStringLiteral("node"), {script});
}

NodeActor::~NodeActor()
{
    m_process.disconnect(this);
    m_process.closeWriteChannel();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(5'000))
        m_process.kill();
}

void NodeActor::tell(const QString& command, QJsonObject fields)
{
    fields.insert(QStringLiteral("id"), ++m_lastId);
    fields.insert(QStringLiteral("do"), command);
    m_process.write(QJsonDocument{fields}.toJson(QJsonDocument::Compact) + '\n');
}

QJsonObject NodeActor::ask(const QString& command, QJsonObject fields)
{
    tell(command, std::move(fields));
    const int id = m_lastId;
    const bool isAnswered =
        waitUntil([&] { return m_answers.contains(id) || m_process.state() == QProcess::NotRunning; }, 20s);
    if (!isAnswered || !m_answers.contains(id))
        return {{QStringLiteral("error"), QStringLiteral("no answer to %1. %2")
                                              .arg(command, QString::fromUtf8(m_complaints + m_process.readAll()))}};
    return m_answers[id];
}

std::vector<QJsonObject> NodeActor::heard(const QString& client, const QString& event) const
{
    std::vector<QJsonObject> found;
    for (const QJsonObject& line : m_told) {
        if (line[QLatin1String{"client"}] == client && line[QLatin1String{"event"}] == event)
            found.push_back(line);
    }
    return found;
}

void NodeActor::read()
{
    while (m_process.canReadLine()) {
        const QJsonObject line = QJsonDocument::fromJson(m_process.readLine()).object();
        if (const int id = line[QLatin1String{"id"}].toInt(); id != 0)
            m_answers[id] = line;
        else
            m_told.push_back(line);
    }
}

} // namespace castdeck::test
