#include "core/net/http_session.h"

#include "core/net/event_loop.h"
#include "core/net/handshake.h"
#include "core/net/websocket_session.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace castdeck::net {

namespace {

constexpr int maxReadsAtOnce = 16;
constexpr std::size_t maxOutputBytes = std::size_t{256} * 1024; ///< Beyond, pipelined requests wait.
constexpr std::size_t keptCapacity = std::size_t{4} * 1024;
constexpr char tlsHandshakeRecord = 0x16;

http::Response headRefusal(int status)
{
    switch (status) {
    case 414: return http::Response::error(414, "Request line too long");
    case 431: return http::Response::error(431, "Header too large");
    default: return http::Response::error(400, "Malformed request head: lines must end in CR LF and may not be folded");
    }
}

void release(std::string& buffer)
{
    buffer.clear();
    if (buffer.capacity() > keptCapacity)
        std::string{}.swap(buffer);
}

} // namespace

HttpSession::HttpSession(EventLoop& loop, Transport transport, const boost::asio::ip::address& peer)
    : Session{loop, std::move(transport)}
    , m_peer{peer}
    , m_accepted{loop.now()}
    , m_deadline{m_accepted + loop.options().http.head}
    , m_progress{m_accepted}
{
}

HttpSession::~HttpSession()
{
    accountBody(0);
}

void HttpSession::start()
{
    waitReadable();
}

void HttpSession::onReadable()
{
    for (int i = 0; i < maxReadsAtOnce && takesInput(); ++i) {
        const auto result = m_transport.read(m_loop.readBuffer());
        switch (result.status) {
        case IoStatus::Done:
            m_loop.counters().bytesIn.add(result.bytes);
            take({m_loop.readBuffer().data(), result.bytes});
            if (!m_transport.isOpen())
                return; // Upgraded, or closed.
            if (m_transport.isTls())
                continue; // A read gives one TLS record at most; more are likely to wait.
            break;
        case IoStatus::NeedsRead: break;
        case IoStatus::NeedsWrite: waitWritable(); return;
        case IoStatus::Ended: finishAfterFlush(); return;
        case IoStatus::Failed: abandon(); return;
        }
        break;
    }
    if (takesInput())
        waitReadable();
}

void HttpSession::onWritable()
{
    m_isBlocked = false;
    flush();
    if (!isLingering() && !isOutputPending() && !m_isHeldBack)
        resume();
}

/// Goes on with requests that had to wait for the output, and with reading.
void HttpSession::resume()
{
    if (!m_transport.isOpen() || m_isFinishing)
        return;
    take({});
    if (m_transport.isOpen())
        onReadable();
}

void HttpSession::take(std::string_view bytes)
{
    if (m_phase == Phase::FirstHead && m_input.empty() && !bytes.empty() && bytes.front() == tlsHandshakeRecord) {
        m_loop.notice("A client speaks TLS to a port without TLS");
        return abandon();
    }
    auto pending = std::exchange(m_input, {});
    std::string_view input = bytes;
    if (!pending.empty())
        input = pending.append(bytes);
    process(input);
    if (!m_isFinishing && m_transport.isOpen())
        m_input.assign(input);
}

void HttpSession::process(std::string_view& input)
{
    if (m_phase == Phase::Answer)
        return;
    while (!m_isFinishing && m_transport.isOpen() && m_output.size() - m_sent < maxOutputBytes) {
        const bool goesOn = m_parser ? readBody(input) : readHead(input);
        if (!goesOn)
            return;
    }
    m_isHeldBack = !m_isFinishing && m_transport.isOpen();
}

/// True when there may be more to do.
bool HttpSession::readHead(std::string_view& input)
{
    const bool isBetweenRequests = m_phase == Phase::FirstHead || m_phase == Phase::Idle;
    // RFC 9112, section 2.2: empty lines in front of a request are skipped.
    while (isBetweenRequests && input.starts_with("\r\n"))
        input.remove_prefix(2);
    if (input.empty() || input == "\r")
        return false;
    if (isBetweenRequests)
        enter(Phase::Head, m_loop.now());

    const auto& limits = m_loop.options().http;
    const auto [status, headBytes] = m_scanner.scan(input, limits);
    if (status != 0) {
        fail(headRefusal(status));
        return false;
    }
    if (headBytes == 0)
        return false;
    m_scanner = {};
    m_parser = std::make_unique<RequestParser>(limits);
    if (const auto failure = m_parser->readHead(input.substr(0, headBytes))) {
        fail(*failure);
        return false;
    }
    input.remove_prefix(headBytes);
    if (!beginRequest())
        return false;
    if (m_parser && isWebSocketUpgrade(m_parser->request())) {
        upgrade(input);
        return false;
    }
    enter(Phase::Body, m_loop.now());
    if (m_parser->expectsContinue() && m_parser->hasBody() && input.empty()) {
        m_output.append("HTTP/1.1 100 Continue\r\n\r\n");
        m_loop.markDirty(*this);
    }
    return true;
}

/// The checks on a whole head that come before any routing.
bool HttpSession::beginRequest()
{
    auto& request = m_parser->request();
    request.peerAddress = m_peer.to_string();
    request.isPeerLoopback = m_peer.is_loopback();
    request.isTls = m_transport.isTls();

    auto failure = checkHost();
    if (!failure && request.method == "TRACE") {
        failure = http::Response::error(405, "TRACE is not supported");
        failure->headers.push_back({"Allow", "GET, HEAD, POST, OPTIONS"});
    }
    if (!failure)
        failure = m_parser->checkLength();
    if (!failure && isWebSocketUpgrade(request)) {
        failure = checkHandshake(request, m_parser->isHttp11());
        if (!failure && m_parser->hasBody())
            failure = http::Response::error(400, "A WebSocket handshake has no body");
        if (!failure && m_loop.isStopping())
            failure = http::Response::error(503, "The server is stopping");
    }
    if (failure)
        fail(*failure);
    return !failure;
}

RequestParser::Failure HttpSession::checkHost()
{
    const auto& request = m_parser->request();
    if (count(request.headers, "Host") != 1)
        return http::Response::error(400, "Host must be given once");
    boost::system::error_code ignored;
    const auto local = m_transport.socket().local_endpoint(ignored).address();
    switch (m_loop.shared().hosts.check(*request.header("Host"), local)) {
    case HostList::Verdict::Allowed: return {};
    case HostList::Verdict::Malformed: return http::Response::error(400, "Host is malformed");
    case HostList::Verdict::Foreign: break;
    }
    // Nothing that would tell a stranger's page what it has reached.
    http::Response refusal;
    refusal.status = 421;
    refusal.contentType = "text/plain; charset=utf-8";
    return refusal;
}

bool HttpSession::readBody(std::string_view& input)
{
    auto failure = m_parser->readBody(input);
    accountBody(m_parser->isComplete() ? 0 : m_parser->request().body.size());
    if (!failure && m_loop.shared().bodyBytes > m_loop.options().http.allBodiesBytes) {
        failure = http::Response::error(503, "Too many requests are arriving at once");
        failure->headers.push_back({"Retry-After", "1"});
    }
    if (failure) {
        fail(*failure);
        return false;
    }
    if (!m_parser->isComplete())
        return false;
    handle();
    return m_phase != Phase::Answer;
}

/// Bodies that arrive whole cost no shared counter.
void HttpSession::accountBody(std::size_t bytes)
{
    if (bytes > m_accountedBody)
        m_loop.shared().bodyBytes += bytes - m_accountedBody;
    else if (bytes < m_accountedBody)
        m_loop.shared().bodyBytes -= m_accountedBody - bytes;
    m_accountedBody = bytes;
}

void HttpSession::handle()
{
    try {
        const auto response = m_loop.handlers().request(m_parser->request(), *this);
        if (response)
            conclude(*response);
        else
            enter(Phase::Answer, m_loop.now());
    } catch (const std::exception&) {
        m_loop.notice("A request ended in an internal error");
        fail(http::Response::error(500, "Internal error"));
    }
}

Deferral::Done HttpSession::later()
{
    auto& lateAnswers = m_loop.lateAnswers();
    m_ticket = lateAnswers.expect(*this);
    return lateAnswers.takerFor(m_ticket);
}

void HttpSession::answerLate(const http::Response& response)
{
    conclude(response);
    resume();
}

void HttpSession::conclude(const http::Response& response)
{
    answer(response, m_parser->keepsAlive() && !m_isLastRequest);
    endRequest();
}

/// The answer has been queued.
void HttpSession::endRequest()
{
    m_parser.reset();
    accountBody(0);
    if (m_ticket != 0)
        m_loop.lateAnswers().forget(std::exchange(m_ticket, 0));
    enter(Phase::Idle, m_loop.now());
}

void HttpSession::answer(const http::Response& response, bool keepsAlive)
{
    const bool isHead = m_parser && m_parser->request().method == "HEAD";
    const bool isHttp11 = !m_parser || m_parser->isHttp11();
    m_output.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    m_output.append(http::reasonPhrase(response.status)).append("\r\nDate: ").append(m_loop.httpDate());
    if (response.status != 204) {
        m_output.append("\r\nContent-Type: ").append(response.contentType);
        m_output.append("\r\nContent-Length: ").append(std::to_string(response.body.size()));
    }
    for (const auto& header : response.headers)
        m_output.append("\r\n").append(header.name).append(": ").append(header.value);
    if (!keepsAlive)
        m_output.append("\r\nConnection: close");
    else if (!isHttp11)
        m_output.append("\r\nConnection: keep-alive");
    m_output.append("\r\n\r\n");
    if (!isHead && response.status != 204)
        m_output.append(response.body);
    m_loop.counters().requests.add(1);
    m_isFinishing = !keepsAlive;
    m_loop.markDirty(*this);
}

void HttpSession::fail(const http::Response& response)
{
    answer(response, false);
    endRequest();
}

void HttpSession::upgrade(std::string_view rest)
{
    // Answers to earlier pipelined requests go first.
    auto head = m_output.substr(m_sent) + handshakeAnswer(m_parser->request(), m_loop.options());
    const Pointer self{this};
    const boost::intrusive_ptr<WebSocketSession> session{new WebSocketSession{m_loop, std::move(m_transport)}};
    m_loop.remove(*this);
    m_loop.add(*session);
    session->start(m_parser->request(), std::move(head), rest);
    m_parser.reset();
}

void HttpSession::flush()
{
    while (isOutputPending() && !m_isBlocked && m_transport.isOpen()) {
        const auto result = m_transport.write(std::string_view{m_output}.substr(m_sent));
        if (result.status == IoStatus::Failed || result.status == IoStatus::Ended)
            return abandon();
        if (result.status != IoStatus::Done) {
            m_isBlocked = result.status == IoStatus::NeedsWrite;
            if (m_isBlocked)
                waitWritable();
            return;
        }
        m_sent += result.bytes;
        m_progress = m_loop.now();
        m_loop.counters().bytesOut.add(result.bytes);
    }
    if (isOutputPending())
        return;
    release(m_output);
    m_sent = 0;
    if (m_isFinishing)
        return linger();
    if (std::exchange(m_isHeldBack, false)) // Not from here: no handler is called while flushing.
        m_loop.runSoon([self = boost::intrusive_ptr<HttpSession>{this}] { self->resume(); });
}

void HttpSession::finishAfterFlush()
{
    m_isFinishing = true;
    m_loop.markDirty(*this);
}

void HttpSession::enter(Phase phase, SteadyTime now)
{
    const auto& limits = m_loop.options().http;
    const bool isFirst = m_phase == Phase::FirstHead;
    m_phase = phase;
    switch (phase) {
    case Phase::FirstHead: break;
    case Phase::Idle: m_deadline = now + limits.keepAliveIdle; break;
    case Phase::Head: m_deadline = isFirst ? m_deadline : now + limits.head; break;
    case Phase::Body: m_deadline = now + limits.body; break;
    case Phase::Answer: m_deadline = now + limits.answer; break;
    }
}

void HttpSession::tick(SteadyTime now)
{
    if (isLingering())
        return;
    const auto& limits = m_loop.options();
    if (isOutputPending()) {
        if (now - m_progress >= limits.webSocket.writeStall)
            abandon();
        return;
    }
    if (m_transport.isHandshaking() && now - m_accepted >= limits.http.tlsHandshake)
        return abandon();
    if (now < m_deadline || m_isFinishing)
        return;
    if (m_phase == Phase::FirstHead)
        return abandon();
    if (m_phase == Phase::Idle)
        return finishAfterFlush();
    if (m_phase == Phase::Answer)
        return fail(http::Response::error(504, "Whoever decides this gave no answer in time"));
    fail(http::Response::error(408, m_phase == Phase::Head ? "Request head took too long" : "Body took too long"));
}

void HttpSession::stop(pusher::CloseCode, std::string_view)
{
    m_isLastRequest = true;
    if (isLingering() || (m_phase != Phase::FirstHead && m_phase != Phase::Idle))
        return;
    if (isOutputPending())
        return finishAfterFlush();
    // No answer is under way that closing at once could take from the peer.
    m_transport.shutdownWrite();
    abandon();
}

void HttpSession::onAbandoned()
{
    endRequest();
}

} // namespace castdeck::net
