#include "core/remote/driver_transport.h"

namespace castdeck::remote {

namespace {

class DriverTransport final : public broadcast::HttpTransport {
public:
    explicit DriverTransport(std::shared_ptr<HttpSender> sender) : m_sender{std::move(sender)} {}

    void send(http::OutgoingRequest request, Done done) override
    {
        m_sender->send(std::move(request), std::move(done));
    }

private:
    const std::shared_ptr<HttpSender> m_sender;
};

} // namespace

std::shared_ptr<broadcast::HttpTransport> driverTransport(const HttpThread& thread)
{
    return std::make_shared<DriverTransport>(thread.sender());
}

} // namespace castdeck::remote
