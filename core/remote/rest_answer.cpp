#include "core/remote/rest_answer.h"

#include "core/broadcast/drivers/http_exchange.h"
#include "core/broadcast/drivers/pusher_answer.h"
#include "core/broadcast/secret_mask.h"

namespace castdeck::remote {

RestAnswer interpret(const http::OutgoingRequest& request, const http::Answer& answer, const std::string& secret,
                     WallTime now)
{
    broadcast::Failure failure = broadcast::transportFailure(request, answer);
    if (!failure.isFailure())
        failure = broadcast::pusherFailure(answer, now);
    return {.code = failure.code,
            .status = answer.status,
            .text = broadcast::SecretMask{{secret}}.line(failure.text),
            .body = failure.isFailure() ? std::string{} : answer.body};
}

} // namespace castdeck::remote
