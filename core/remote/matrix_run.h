#pragma once

#include "core/remote/builtin_endpoint.h"
#include "core/remote/endpoint_probe.h"
#include "core/remote/permission_matrix.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace castdeck::remote {

/// Asks an endpoint about cells of a matrix, ten at a time.
///
/// Thread: the one it lives in, which needs a Qt event loop. Ownership: deleting it ends everything.
class MatrixRun : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t atOnce = 10;

    struct Services {
        std::shared_ptr<const BuiltinEndpoint> builtIn; ///< Of the matrix's personas; used when its URL is empty.
        std::vector<KnownApp> apps;                     ///< As for judge().
        QList<QSslCertificate> trusted{};
    };

    explicit MatrixRun(QObject* parent = nullptr) : QObject{parent} {}

    /// finished() comes once, later; what was under way is cancelled.
    void start(PermissionMatrix matrix, std::vector<MatrixCell> cells, Services services);
    void cancel();
    bool isRunning() const noexcept { return m_isRunning; }

Q_SIGNALS:
    void cellDone(castdeck::remote::MatrixCell cell, const castdeck::remote::MatrixResult& result);
    void finished();

private:
    void decideSome();
    void askNext(EndpointProbe* probe);
    EndpointTarget targetFor(const Persona& persona) const;

    PermissionMatrix m_matrix;
    std::vector<MatrixCell> m_cells;
    Services m_services;
    std::size_t m_next = 0;
    std::size_t m_underWay = 0;
    std::uint64_t m_run = 0;
    bool m_isRunning = false;
    std::vector<std::unique_ptr<EndpointProbe>> m_probes;
};

} // namespace castdeck::remote
