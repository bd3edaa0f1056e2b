#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace castdeck::test {

/// A real Centrifugo, version 6, on a free port of 127.0.0.1. The program is the one that CASTDECK_CENTRIFUGO names, or
/// `centrifugo` in the PATH; no package of Debian 12 brings it.
///
/// Clients connect with a token or anonymously. Channels without a namespace are open to all and keep nothing; `room:`
/// keeps its last publications and knows who is there, `closed:` is open to nobody. One that asks an application lets
/// that decide who connects without a token, and in all channels who subscribes.
class CentrifugoServer {
public:
    static constexpr const char* apiKey = "centrifugo-api-key";
    static constexpr const char* tokenSecret = "centrifugo-token-secret";

    /// Empty when there is none.
    static QString program();

    /// `asks` is the address of that application, empty for none.
    explicit CentrifugoServer(const QString& asks = {});
    ~CentrifugoServer();

    /// False, and a warning, when it did not come up.
    bool isRunning() const { return m_isRunning; }
    QUrl url() const;

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = 0;
    bool m_isRunning = false;
};

} // namespace castdeck::test
