#pragma once

#include <QtCore/QObject>
#include <QtCore/QString>

namespace castdeck::test {

/// The part of that objectName; ends the test program when there is none.
template <typename T> T* findIn(const QObject& root, const char* name)
{
    auto* part = root.findChild<T*>(QString::fromLatin1(name));
    if (part == nullptr)
        qFatal("There is no %s", name);
    return part;
}

} // namespace castdeck::test
