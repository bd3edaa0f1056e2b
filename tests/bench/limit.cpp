// castdeck-bench-limit: the least work a fan-out server can do for the traffic of castdeck-bench. It trusts its one
// client: nothing is checked, there is one channel, every event is encoded once, and all events of one loop turn leave
// in one system call per subscriber. Its CPU time is what the measured server is compared with.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t notSubscribed = SIZE_MAX;

struct Client {
    bool isWebSocket = false;
    bool isClosing = false;
    std::size_t subscriberIndex = notSubscribed;
    std::string input;  ///< The beginning of a request or frame whose rest has not arrived.
    std::string output; ///< What a full socket did not take.
};

[[noreturn]] void die(const char* what)
{
    std::perror(what);
    std::exit(1);
}

std::string textFrame(std::string_view text)
{
    std::string frame{static_cast<char>(0x81)};
    if (text.size() < 126) {
        frame += static_cast<char>(text.size());
    } else { // No event of the load generator reaches 64 KiB.
        frame += static_cast<char>(126);
        frame += static_cast<char>(text.size() >> 8);
        frame += static_cast<char>(text.size());
    }
    return frame.append(text);
}

/// The text between `before` and `after`; empty when there is none.
std::string_view between(std::string_view text, std::string_view before, std::string_view after)
{
    const auto start = text.find(before);
    if (start == std::string_view::npos)
        return {};
    text.remove_prefix(start + before.size());
    return text.substr(0, text.find(after));
}

// RFC 6455, section 4.2.2, step 5.4.
std::string acceptValue(std::string_view key)
{
    const std::string joined = std::string{key} + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    EVP_Digest(joined.data(), joined.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
    std::array<unsigned char, 32> encoded{};
    const int length = EVP_EncodeBlock(encoded.data(), digest.data(), SHA_DIGEST_LENGTH);
    return {encoded.begin(), encoded.begin() + length};
}

class Server {
public:
    explicit Server(int listener);
    [[noreturn]] void run();

private:
    void watch(int operation, int fd, std::uint32_t events) const;
    void acceptAll();
    void read(int fd);
    std::size_t consume(int fd, std::string_view input);
    std::size_t consumeHttp(int fd, std::string_view input);
    std::size_t consumeFrame(int fd, std::string_view input);
    void handleText(int fd, std::string_view text);
    void publish(std::string_view body);
    void flushTurn();
    void send(int fd, std::string_view bytes);
    void sendRest(int fd);
    void close(int fd);

    const std::string m_established = textFrame(R"({"event":"pusher:connection_established","data":)"
                                                R"("{\"socket_id\":\"1.1\",\"activity_timeout\":120}"})");
    const std::string m_subscribed =
        textFrame(R"({"event":"pusher_internal:subscription_succeeded","channel":"bench","data":"{}"})");
    const std::string m_pong = textFrame(R"({"event":"pusher:pong","data":"{}"})");

    int m_listener;
    int m_epoll;
    std::vector<Client> m_clients; ///< By descriptor.
    std::vector<int> m_subscribers;
    std::string m_reply; ///< To the client being read.
    std::string m_turn;  ///< The frames published since the loop last waited.
    std::array<char, 262'144> m_buffer{};
};

Server::Server(int listener) : m_listener{listener}, m_epoll{epoll_create1(0)}
{
    if (m_epoll < 0)
        die("epoll_create1");
    watch(EPOLL_CTL_ADD, m_listener, EPOLLIN);
}

void Server::run()
{
    std::array<epoll_event, 1024> ready{};
    for (;;) {
        const int count = epoll_wait(m_epoll, ready.data(), static_cast<int>(ready.size()), -1);
        for (int i = 0; i < count; ++i) {
            const auto& event = ready[static_cast<std::size_t>(i)];
            if (event.data.fd == m_listener) {
                acceptAll();
                continue;
            }
            if (event.events & EPOLLOUT)
                sendRest(event.data.fd);
            if (event.events & ~std::uint32_t{EPOLLOUT})
                read(event.data.fd);
        }
        flushTurn();
    }
}

void Server::watch(int operation, int fd, std::uint32_t events) const
{
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    if (epoll_ctl(m_epoll, operation, fd, &event) != 0)
        die("epoll_ctl");
}

void Server::acceptAll()
{
    for (;;) {
        const int fd = accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (fd < 0)
            return;
        const int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (static_cast<std::size_t>(fd) >= m_clients.size())
            m_clients.resize(static_cast<std::size_t>(fd) + 1);
        watch(EPOLL_CTL_ADD, fd, EPOLLIN);
    }
}

void Server::read(int fd)
{
    auto& client = m_clients[static_cast<std::size_t>(fd)];
    const auto received = recv(fd, m_buffer.data(), m_buffer.size(), 0);
    if (received < 0 && errno == EAGAIN)
        return;
    if (received <= 0)
        return close(fd);

    std::string_view input{m_buffer.data(), static_cast<std::size_t>(received)};
    if (!client.input.empty())
        input = client.input.append(input);
    std::size_t used = 0;
    while (!client.isClosing) {
        const auto step = consume(fd, input.substr(used));
        if (step == 0)
            break;
        used += step;
    }
    if (!m_reply.empty())
        send(fd, m_reply);
    m_reply.clear();
    if (client.isClosing)
        return close(fd);
    client.input = std::string{input.substr(used)};
}

/// The number of bytes that made a whole request or frame, 0 for none.
std::size_t Server::consume(int fd, std::string_view input)
{
    if (input.empty())
        return 0;
    return m_clients[static_cast<std::size_t>(fd)].isWebSocket ? consumeFrame(fd, input) : consumeHttp(fd, input);
}

std::size_t Server::consumeHttp(int fd, std::string_view input)
{
    const auto headEnd = input.find("\r\n\r\n");
    if (headEnd == std::string_view::npos)
        return 0;
    const auto head = input.substr(0, headEnd + 2);
    const auto bodyStart = headEnd + 4;
    if (head.starts_with("GET ")) {
        m_clients[static_cast<std::size_t>(fd)].isWebSocket = true;
        m_reply += "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Accept: ";
        m_reply.append(acceptValue(between(head, "Sec-WebSocket-Key: ", "\r\n"))).append("\r\n\r\n");
        m_reply += m_established;
        return bodyStart;
    }

    const auto length = between(head, "Content-Length: ", "\r\n");
    std::size_t bodyBytes = 0;
    std::from_chars(length.data(), length.data() + length.size(), bodyBytes);
    if (input.size() < bodyStart + bodyBytes)
        return 0;
    publish(input.substr(bodyStart, bodyBytes));
    m_reply += "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    return bodyStart + bodyBytes;
}

/// Frames of a client: masked, never fragmented, below 64 KiB.
std::size_t Server::consumeFrame(int fd, std::string_view input)
{
    if (input.size() < 6)
        return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(input[i]); };
    std::size_t length = byte(1) & 0x7F;
    std::size_t headBytes = 6;
    if (length == 126) {
        length = static_cast<std::size_t>(byte(2) << 8 | byte(3));
        headBytes = 8;
    }
    if (input.size() < headBytes + length)
        return 0;

    std::string payload{input.substr(headBytes, length)};
    for (std::size_t i = 0; i < length; ++i)
        payload[i] = static_cast<char>(payload[i] ^ input[headBytes - 4 + i % 4]);
    const int opcode = byte(0) & 0x0F;
    if (opcode == 1)
        handleText(fd, payload);
    if (opcode == 8) {
        m_reply += "\x88\x02\x03\xE8"; // Close, code 1000.
        m_clients[static_cast<std::size_t>(fd)].isClosing = true;
    }
    return headBytes + length;
}

void Server::handleText(int fd, std::string_view text)
{
    if (text.find("pusher:ping") != std::string_view::npos)
        m_reply += m_pong;
    if (text.find("pusher:subscribe") == std::string_view::npos)
        return;
    flushTurn(); // What was published before belongs to the earlier subscribers only.
    m_clients[static_cast<std::size_t>(fd)].subscriberIndex = m_subscribers.size();
    m_subscribers.push_back(fd);
    m_reply += m_subscribed;
}

void Server::publish(std::string_view body)
{
    const auto data = between(body, R"("data":")", "\"");
    std::string text = R"({"event":"bench","channel":"bench","data":")";
    m_turn += textFrame(text.append(data).append("\"}"));
}

void Server::flushTurn()
{
    if (m_turn.empty())
        return;
    for (const int fd : m_subscribers)
        send(fd, m_turn);
    m_turn.clear();
}

void Server::send(int fd, std::string_view bytes)
{
    auto& client = m_clients[static_cast<std::size_t>(fd)];
    if (!client.output.empty()) {
        client.output.append(bytes);
        return;
    }
    const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN)
        return; // The peer is gone; reading will tell.
    const auto taken = sent < 0 ? 0 : static_cast<std::size_t>(sent);
    if (taken == bytes.size())
        return;
    client.output = bytes.substr(taken);
    watch(EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLOUT);
}

void Server::sendRest(int fd)
{
    auto& client = m_clients[static_cast<std::size_t>(fd)];
    const std::string rest = std::move(client.output);
    client.output.clear();
    watch(EPOLL_CTL_MOD, fd, EPOLLIN);
    send(fd, rest);
}

void Server::close(int fd)
{
    auto& client = m_clients[static_cast<std::size_t>(fd)];
    if (client.subscriberIndex != notSubscribed) {
        const int last = m_subscribers.back();
        m_subscribers[client.subscriberIndex] = last;
        m_clients[static_cast<std::size_t>(last)].subscriberIndex = client.subscriberIndex;
        m_subscribers.pop_back();
    }
    client = Client{};
    ::close(fd);
}

int listenOnLoopback()
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || listen(fd, 4096) != 0)
        die("listen on 127.0.0.1");
    socklen_t length = sizeof address;
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length);
    std::printf("{\"event\":\"listening\",\"address\":\"127.0.0.1\",\"port\":%d}\n", ntohs(address.sin_port));
    std::fflush(stdout);
    return fd;
}

} // namespace

int main()
{
    rlimit descriptors{};
    getrlimit(RLIMIT_NOFILE, &descriptors);
    descriptors.rlim_cur = descriptors.rlim_max;
    setrlimit(RLIMIT_NOFILE, &descriptors);
    std::signal(SIGTERM, [](int) { _exit(0); });
    static Server server{listenOnLoopback()};
    server.run();
}
