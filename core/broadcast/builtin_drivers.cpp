#include "core/broadcast/builtin_drivers.h"

#include "core/broadcast/drivers/log_driver.h"
#include "core/broadcast/drivers/null_driver.h"

namespace castdeck::broadcast {

std::vector<std::pair<std::string, DriverFactory>> builtInDrivers()
{
    return {{"log", LogDriver::make}, {"null", NullDriver::make}};
}

} // namespace castdeck::broadcast
