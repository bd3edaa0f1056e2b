#pragma once

#include <QtCore/QSize>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace castdeck::app {

/// What the command line asks for.
struct LaunchOptions {
    QString configFolder;              ///< Empty: the usual place.
    std::optional<std::uint16_t> port; ///< Nothing: what the configuration says.
    QString tourFolder;                ///< Not empty: draw pictures and end.
    /// Of the pictures, and which of them. Those of the second size have its width in their names.
    QStringList scenes; ///< Empty: all of them.
    std::vector<QSize> sizes{{1280, 800}, {960, 600}};

    bool wantsHelp = false;
    bool wantsVersion = false;
    QString mistake; ///< One sentence when the command line makes no sense.
};

/// Needs no QApplication, so that the platform can still be chosen afterwards.
LaunchOptions parseArguments(const QStringList& arguments);

QString helpText();

} // namespace castdeck::app
