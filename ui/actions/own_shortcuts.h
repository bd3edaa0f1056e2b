#pragma once

#include "ui/bridge/documents.h"

#include <QtCore/QJsonObject>
#include <QtGui/QKeySequence>

#include <string_view>

namespace castdeck::ui {

/// The keys that somebody has given to actions in place of the shipped ones, in the collection "settings".
///
/// Thread: GUI. Ownership: the documents outlive it.
class OwnShortcuts {
public:
    explicit OwnShortcuts(Documents& documents);

    std::optional<QKeySequence> find(std::string_view id) const; ///< Empty keys: the action has none.
    void set(std::string_view id, const QKeySequence& keys);
    void remove(std::string_view id);

private:
    void keep();

    Documents& m_documents;
    QJsonObject m_keys;
};

} // namespace castdeck::ui
