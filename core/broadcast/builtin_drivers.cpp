#include "core/broadcast/builtin_drivers.h"

#include "core/broadcast/drivers/centrifugo_driver.h"
#include "core/broadcast/drivers/local_driver.h"
#include "core/broadcast/drivers/log_driver.h"
#include "core/broadcast/drivers/null_driver.h"
#include "core/broadcast/drivers/pusher_driver.h"
#include "core/broadcast/drivers/redis_driver.h"

namespace castdeck::broadcast {

std::vector<std::pair<std::string, DriverFactory>> builtInDrivers()
{
    return {{"centrifugo", CentrifugoDriver::make},
            {"local", LocalDriver::make},
            {"log", LogDriver::make},
            {"null", NullDriver::make},
            {"pusher", PusherDriver::make},
            {"redis", RedisDriver::make},
            {"reverb", PusherDriver::make}};
}

} // namespace castdeck::broadcast
