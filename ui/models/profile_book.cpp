#include "ui/models/profile_book.h"

#include "core/base/crypto.h"
#include "ui/text/shown_text.h"

#include <algorithm>
#include <array>

namespace castdeck::ui {

ProfileBook::ProfileBook(Documents& documents, QObject* parent) : QObject{parent}, m_documents{documents}
{
    for (const Documents::Document& document : m_documents.list(collection)) {
        // One that cannot be read stays where it is, for a program that can.
        if (auto profile = profileFromText(document.id, document.json))
            m_profiles.push_back(*std::move(profile));
    }
    if (find(Profile::localId) != nullptr)
        return;
    KeptProfile local;
    local.profile.id = Profile::localId;
    local.profile.name = tr("Local server");
    local.profile.kind = Profile::Kind::Embedded;
    m_profiles.insert(m_profiles.begin(), std::move(local));
}

const Profile* ProfileBook::find(const std::string& id) const
{
    const auto found = std::ranges::find(m_profiles, id, [](const KeptProfile& kept) { return kept.profile.id; });
    return found == m_profiles.end() ? nullptr : &found->profile;
}

KeptProfile* ProfileBook::kept(const std::string& id)
{
    const auto found = std::ranges::find(m_profiles, id, [](const KeptProfile& kept) { return kept.profile.id; });
    return found == m_profiles.end() ? nullptr : &*found;
}

std::vector<Profile> ProfileBook::recent(std::size_t count) const
{
    std::vector<KeptProfile> used;
    std::ranges::copy_if(m_profiles, std::back_inserter(used),
                         [](const KeptProfile& kept) { return kept.lastUsed != WallTime{}; });
    std::ranges::stable_sort(used, std::greater{}, &KeptProfile::lastUsed);
    used.resize(std::min(count, used.size()));
    std::vector<Profile> profiles;
    for (KeptProfile& kept : used)
        profiles.push_back(std::move(kept.profile));
    return profiles;
}

std::string ProfileBook::add(Profile profile)
{
    constexpr std::size_t idBytes = 8;
    profile.id = randomHex(idBytes);
    profile.kind = Profile::Kind::Pusher;
    if (profile.name.trimmed().isEmpty())
        profile.name = addressName(profile);
    m_profiles.push_back({.profile = profile});
    keep(m_profiles.back());
    Q_EMIT changed();
    return profile.id;
}

Profile::Color ProfileBook::freeColor() const
{
    static constexpr std::array colors{Profile::Color::Teal, Profile::Color::Violet, Profile::Color::Green,
                                       Profile::Color::Amber, Profile::Color::Blue};
    return *std::ranges::min_element(colors, {}, [this](Profile::Color color) {
        return std::ranges::count(m_profiles, color, [](const KeptProfile& kept) { return kept.profile.color; });
    });
}

void ProfileBook::update(const Profile& profile)
{
    KeptProfile* const found = kept(profile.id);
    if (found == nullptr || found->profile == profile)
        return;
    const Profile::Kind kind = found->profile.kind;
    found->profile = profile;
    found->profile.kind = kind;
    keep(*found);
    Q_EMIT changed();
}

void ProfileBook::remove(const std::string& id)
{
    if (id == Profile::localId || find(id) == nullptr)
        return;
    std::erase_if(m_profiles, [&id](const KeptProfile& kept) { return kept.profile.id == id; });
    m_documents.remove(collection, id);
    Q_EMIT removed(id);
    Q_EMIT changed();
}

void ProfileBook::move(const std::string& id, std::size_t place)
{
    const auto found = std::ranges::find(m_profiles, id, [](const KeptProfile& kept) { return kept.profile.id; });
    if (found == m_profiles.end())
        return;
    KeptProfile moved = std::move(*found);
    m_profiles.erase(found);
    place = std::min(place, m_profiles.size());
    m_profiles.insert(m_profiles.begin() + static_cast<std::ptrdiff_t>(place), std::move(moved));
    std::vector<std::string> ids;
    for (const KeptProfile& kept : m_profiles)
        ids.push_back(kept.profile.id);
    if (!m_documents.find(collection, Profile::localId))
        keep(*kept(Profile::localId)); // Its place is kept only with the profile itself.
    m_documents.reorder(collection, ids);
    Q_EMIT changed();
}

void ProfileBook::markUsed(const std::string& id, WallTime at)
{
    KeptProfile* const found = kept(id);
    if (found == nullptr)
        return;
    found->lastUsed = at;
    keep(*found);
    Q_EMIT changed();
}

void ProfileBook::keep(const KeptProfile& profile)
{
    m_documents.put(collection, profile.profile.id, toText(profile));
}

QString addressName(const Profile& profile)
{
    const bool isUsualPort = profile.port == (profile.scheme == QLatin1String{"https"} ? 443 : 80);
    if (profile.host.isEmpty())
        return ProfileBook::tr("New server");
    return isUsualPort ? profile.host : QStringLiteral("%1:%2").arg(profile.host).arg(profile.port);
}

} // namespace castdeck::ui
