#pragma once

#include "ui/bridge/documents.h"
#include "ui/models/arrangement.h"

#include <QtCore/QJsonObject>

namespace castdeck::ui {

/// What the window remembers of how somebody likes it, in the collection "settings". Sizes and places on one screen are
/// not among it.
///
/// Thread: GUI. Ownership: the documents outlive it.
class WindowMemory {
public:
    explicit WindowMemory(Documents& documents) : m_documents{documents} {}

    /// Nothing until somebody has chosen one.
    std::optional<Arrangement> arrangement() const;
    void setArrangement(Arrangement arrangement);

    int zoom() const; ///< Percent.
    void setZoom(int percent);

    /// How somebody left an arrangement; empty as it is shipped.
    QJsonObject layout(Arrangement arrangement) const;
    void setLayout(Arrangement arrangement, const QJsonObject& layout);

private:
    QJsonObject read(const char* id) const;
    void write(const char* id, const QJsonObject& object);

    Documents& m_documents;
};

} // namespace castdeck::ui
