#pragma once

#include <QByteArray>

namespace castdeck::test {

struct SelfSigned {
    QByteArray certificate; ///< PEM, and then who signed it, if that is another.
    QByteArray key;         ///< PEM
};

/// A certificate for 127.0.0.1 and localhost that signs itself, made for this run.
SelfSigned makeSelfSigned();
/// One for the same names, signed by an authority of that name, which was made for it and which nobody trusts.
SelfSigned makeSignedBy(const char* authority);

} // namespace castdeck::test
