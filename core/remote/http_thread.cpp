#include "core/remote/http_thread.h"

#include "core/broadcast/once.h"

#include <QEventLoop>

#include <cassert>
#include <future>

namespace castdeck::remote {

void HttpSender::send(http::OutgoingRequest request, Done done)
{
    http::Answer ended;
    ended.failure = http::Failure::Unreachable;
    ended.detail = "the program is ending";
    auto owed = broadcast::once<http::Answer>(std::move(ended), std::move(done));
    post([request = std::move(request), owed = std::move(owed)](HttpClient& client) {
        client.send(request, &client, owed);
    });
}

void HttpSender::post(Task task)
{
    // The lock goes before `task` does, which may call foreign code when it is destroyed.
    const std::lock_guard lock{m_mutex};
    if (m_client == nullptr)
        return;
    QMetaObject::invokeMethod(
        m_client, [client = m_client, task = std::move(task)] { task(*client); }, Qt::QueuedConnection);
}

void HttpSender::open(HttpClient* client)
{
    const std::lock_guard lock{m_mutex};
    m_client = client;
}

HttpThread::HttpThread(const QList<QSslCertificate>& trusted)
{
    const auto isReady = std::make_shared<std::promise<void>>();
    m_thread.reset(QThread::create([isReady, trusted, sender = m_sender] {
        HttpClient client;
        client.trust(trusted);
        QEventLoop loop;
        sender->open(&client);
        isReady->set_value();
        loop.exec();
        sender->open(nullptr);
    }));
    m_thread->setObjectName(QStringLiteral("http"));
    m_thread->start();
    isReady->get_future().wait();
}

HttpThread::~HttpThread()
{
    assert(!m_thread->isRunning() || QThread::currentThread() != m_thread.get());
    m_thread->quit();
    m_thread->wait();
}

} // namespace castdeck::remote
