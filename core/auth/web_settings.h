#pragma once

#include "core/auth/cors.h"
#include "core/auth/csrf.h"

namespace castdeck::auth {

struct DemoSettings {
    bool isExposed = false; ///< The demo answers also when the server listens beyond loopback.
};

/// What a configuration says about web pages: `csrf`, `cors` and `demo`.
struct WebSettings {
    CsrfSettings csrf;
    CorsSettings cors;
    DemoSettings demo;
};

} // namespace castdeck::auth
