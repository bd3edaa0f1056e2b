#pragma once

#include "ui/pages/authorization_page.h"

namespace castdeck::app {

/// What the tour shows of the auth lab. The page has the rules of sampleAuthorization().
enum class AuthScene { Rules, TryDenied, TrySignature, TryOptions, Matrix, Personas };

/// At once: nothing is asked of anybody.
void showAuthScene(ui::AuthorizationPage& page, AuthScene scene);

} // namespace castdeck::app
