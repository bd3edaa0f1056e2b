#pragma once

#include <QByteArray>

namespace castdeck::test {

struct SelfSigned {
    QByteArray certificate; ///< PEM
    QByteArray key;         ///< PEM
};

/// A certificate for 127.0.0.1 and localhost that signs itself, made for this run.
SelfSigned makeSelfSigned();

} // namespace castdeck::test
