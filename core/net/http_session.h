#pragma once

#include "core/base/http.h"
#include "core/net/handlers.h"
#include "core/net/late_answers.h"
#include "core/net/request_parser.h"
#include "core/net/session.h"

#include <boost/asio/ip/address.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace castdeck::net {

/// A connection that speaks HTTP/1.x: requests one after the other, pipelined or not, until it ends or is upgraded.
class HttpSession final : public Session, private Deferral {
public:
    HttpSession(EventLoop& loop, Transport transport, const boost::asio::ip::address& peer);
    ~HttpSession() override;

    void start();
    void flush() override;
    void tick(SteadyTime now) override;
    void stop(pusher::CloseCode code, std::string_view reason) override;
    void answerLate(const http::Response& response);

private:
    enum class Phase : std::uint8_t {
        FirstHead, ///< Nothing of the first request has arrived.
        Idle,      ///< Between two requests.
        Head,
        Body,
        Answer, ///< The handler answers later. Nothing is read meanwhile.
    };

    Done later() override;

    void onReadable() override;
    void onWritable() override;
    void onAbandoned() override;

    void take(std::string_view bytes);
    void process(std::string_view& input);
    bool readHead(std::string_view& input);
    bool readBody(std::string_view& input);
    bool beginRequest();
    RequestParser::Failure checkHost();
    void upgrade(std::string_view rest);
    void handle();
    void conclude(const http::Response& response);
    void endRequest();
    void answer(const http::Response& response, bool keepsAlive);
    void fail(const http::Response& response);
    void resume();
    void finishAfterFlush();
    void enter(Phase phase, SteadyTime now);
    void accountBody(std::size_t bytes);
    bool isOutputPending() const { return m_sent < m_output.size(); }
    bool takesInput() const { return !m_isFinishing && !m_isHeldBack && m_phase != Phase::Answer; }

    const boost::asio::ip::address m_peer;
    std::string m_input;  ///< What has arrived and could not be used yet.
    std::string m_output; ///< Answers that the socket has not taken.
    std::size_t m_sent = 0;
    std::unique_ptr<RequestParser> m_parser; ///< From the end of a head to the end of its body.
    HeadScanner m_scanner;
    SteadyTime m_accepted;
    SteadyTime m_deadline;
    SteadyTime m_progress; ///< When the socket last took something.
    std::size_t m_accountedBody = 0;
    LateAnswers::Ticket m_ticket = 0; ///< In Phase::Answer, and within a handler that has called later().
    Phase m_phase = Phase::FirstHead;
    bool m_isFinishing = false;   ///< Nothing more is read; ends once the output has left.
    bool m_isLastRequest = false; ///< The server is stopping.
    bool m_isBlocked = false;     ///< The socket is full.
    bool m_isHeldBack = false;    ///< Requests wait for the output to leave.
};

} // namespace castdeck::net
