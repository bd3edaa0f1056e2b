#pragma once

#include "ui/bridge/documents.h"

#include <QtCore/QJsonObject>
#include <QtCore/QObject>

namespace castdeck::ui {

/// When a message is shown once more before it goes out.
enum class AskRule { Production, Elsewhere, Always };

/// A number that somebody can set. Its id in the settings, its default and its bounds stand in one table.
enum class Preference {
    LogDays,      ///< How long rows of the log stay on disk.
    LogRows,      ///< Thousands of them.
    LogMegabytes, ///< Of the file, with all that is in it.
    SentRows,     ///< Thousands of sent messages that are remembered.
    MemoryRows,   ///< Thousands of rows that the log of a server holds.
    AskRule,
    UnlockMinutes, ///< Of production.
    StartServer,   ///< 1: the one in this program, with the window.
};

struct PreferenceRange {
    int usual;
    int least;
    int most;
};

PreferenceRange rangeOf(Preference preference);

/// What somebody has set, in the collection "settings". What is kept from another version and out of bounds counts as
/// the nearest bound.
///
/// Thread: GUI. Ownership: the documents outlive it.
class Preferences : public QObject {
    Q_OBJECT

public:
    explicit Preferences(Documents& documents, QObject* parent = nullptr);

    int value(Preference preference) const;
    void set(Preference preference, int value);

Q_SIGNALS:
    void changed(castdeck::ui::Preference preference);

private:
    Documents& m_documents;
    QJsonObject m_values;
};

} // namespace castdeck::ui
