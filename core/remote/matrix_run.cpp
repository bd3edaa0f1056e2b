#include "core/remote/matrix_run.h"

#include <QTimer>

#include <algorithm>

namespace castdeck::remote {

namespace {

constexpr const char* someSocket = "1234.5678"; ///< Any: nothing subscribes with these signatures.

MatrixResult resultOf(const EndpointReport& report)
{
    return {report.outcome(), report.explanation()};
}

} // namespace

void MatrixRun::start(PermissionMatrix matrix, std::vector<MatrixCell> cells, Services services)
{
    cancel();
    m_matrix = std::move(matrix);
    m_cells = std::move(cells);
    m_services = std::move(services);
    m_next = 0;
    m_underWay = 0;
    m_isRunning = true;
    QTimer::singleShot(0, this, [this, run = m_run] {
        if (run != m_run)
            return;
        if (m_matrix.url.empty() || m_cells.empty())
            return decideSome();
        const std::size_t count = std::min(atOnce, m_cells.size());
        while (m_probes.size() < count)
            m_probes.push_back(std::make_unique<EndpointProbe>());
        for (std::size_t i = 0; i < count; ++i)
            askNext(m_probes[i].get());
    });
}

void MatrixRun::cancel()
{
    ++m_run;
    m_isRunning = false;
    for (const auto& probe : m_probes)
        probe->cancel();
}

/// Ten at a time, so that the window can draw in between.
void MatrixRun::decideSome()
{
    for (std::size_t i = 0; i < atOnce && m_next < m_cells.size(); ++i) {
        const MatrixCell cell = m_cells[m_next++];
        const Persona& persona = m_matrix.personas[cell.persona];
        const EndpointQuestion question{m_matrix.channels[cell.channel], someSocket};
        const EndpointReply reply = m_services.builtIn->ask(targetFor(persona), question, persona, m_matrix.appId);
        Q_EMIT cellDone(cell, resultOf(judge(question, reply, m_services.apps)));
    }
    if (m_next == m_cells.size()) {
        m_isRunning = false;
        Q_EMIT finished();
        return;
    }
    QTimer::singleShot(0, this, [this, run = m_run] {
        if (run == m_run)
            decideSome();
    });
}

void MatrixRun::askNext(EndpointProbe* probe)
{
    if (m_next == m_cells.size()) {
        if (m_underWay == 0) {
            m_isRunning = false;
            Q_EMIT finished();
        }
        return;
    }
    const MatrixCell cell = m_cells[m_next++];
    ++m_underWay;
    const EndpointTarget target = targetFor(m_matrix.personas[cell.persona]);
    probe->run(target, {m_matrix.channels[cell.channel], someSocket},
               {.apps = m_services.apps, .server = {}, .trusted = m_services.trusted}, {},
               [this, cell, probe, run = m_run](const EndpointTrial& trial) {
                   if (run != m_run)
                       return;
                   --m_underWay;
                   Q_EMIT cellDone(cell, resultOf(trial.report));
                   if (run == m_run)
                       askNext(probe);
               });
}

EndpointTarget MatrixRun::targetFor(const Persona& persona) const
{
    EndpointTarget target;
    target.url = m_matrix.url;
    target.method = m_matrix.method;
    target.headers = persona.requestHeaders();
    return target;
}

} // namespace castdeck::remote
