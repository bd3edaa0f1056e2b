#pragma once

#include "core/base/clock.h"
#include "ui/bridge/documents.h"
#include "ui/models/profile.h"
#include "ui/models/profile_text.h"

#include <QtCore/QObject>

#include <cstddef>
#include <string>
#include <vector>

namespace castdeck::ui {

/// Every profile: the one of the server in this program, which cannot be removed, and those of servers elsewhere. They
/// are kept in the collection "profiles"; secrets never are.
///
/// Thread: GUI. Ownership: the documents outlive it.
class ProfileBook : public QObject {
    Q_OBJECT

public:
    static constexpr const char* collection = "profiles";

    explicit ProfileBook(Documents& documents, QObject* parent = nullptr);

    const std::vector<KeptProfile>& all() const noexcept { return m_profiles; } ///< In their order.
    const Profile* find(const std::string& id) const;                           ///< Null when there is none.
    /// Those used last, the latest first.
    std::vector<Profile> recent(std::size_t count) const;
    /// For one to come: a colour that few others have. Red is for production, and never among them.
    Profile::Color freeColor() const;

    /// Gives it an id, which is returned, and a name when it has none.
    std::string add(Profile profile);
    /// Replaces the one with the same id; ignored when there is none.
    void update(const Profile& profile);
    /// Ignored for the local one. Whoever keeps its secret hears removed().
    void remove(const std::string& id);
    void move(const std::string& id, std::size_t place);
    void markUsed(const std::string& id, WallTime at);

Q_SIGNALS:
    void changed();
    void removed(const std::string& id);

private:
    KeptProfile* kept(const std::string& id);
    void keep(const KeptProfile& profile);

    Documents& m_documents;
    std::vector<KeptProfile> m_profiles;
};

/// "api.example.test", or "localhost:6001": what a profile without a name is called.
QString addressName(const Profile& profile);

} // namespace castdeck::ui
