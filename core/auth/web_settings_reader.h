#pragma once

#include "core/auth/cors.h"
#include "core/auth/csrf.h"
#include "core/auth/demo_login.h"
#include "core/auth/json_source.h"

#include <vector>

namespace castdeck::auth {

/// What a configuration says about web pages: `csrf`, `cors` and `demo`.
struct WebSettings {
    CsrfSettings csrf;
    CorsSettings cors;
    DemoSettings demo;
};

/// Reads the document of a configuration whose `${NAME}` have been replaced. What has a mistake keeps its default, and
/// the problems say so; a document with errors must not be used.
WebSettings readWebSettings(const OrderedJson& document, std::vector<Problem>& problems);

} // namespace castdeck::auth
