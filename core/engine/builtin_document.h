#pragma once

#include "core/store/document_shape.h"

namespace castdeck::engine {

/// What holds where `effective` says nothing, in the shape of a configuration: the defaults of every setting, and of
/// the options of each connection that `effective` has. Needed for showing them; reading does not come here.
store::OrderedJson builtInDocument(const store::OrderedJson& effective);

} // namespace castdeck::engine
