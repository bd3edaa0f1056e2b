#include "ui/text/json_difference.h"

#include "core/base/json.h"
#include "ui/text/json_notes.h"

#include <algorithm>
#include <unordered_map>

namespace castdeck::ui {

namespace {

constexpr int deepest = 500;

/// Below so many levels values are compared as texts: each level is read again for the next one.
constexpr int maxLevels = 64;

std::string nameOf(const json::Member& member)
{
    const std::string_view raw = member.key.raw();
    return raw.find('\\') == std::string_view::npos ? std::string{raw.substr(1, raw.size() - 2)} : member.key.text();
}

/// Member of a name that comes so many times before it.
struct Place {
    std::string name;
    std::size_t occurrence;

    bool operator==(const Place&) const = default;
};

struct PlaceHash {
    std::size_t operator()(const Place& place) const
    {
        return std::hash<std::string>{}(place.name) ^ (place.occurrence * 0x9E3779B97F4A7C15U);
    }
};

std::vector<Place> placesOf(const std::vector<json::Member>& members)
{
    std::unordered_map<std::string, std::size_t> seen;
    std::vector<Place> places;
    places.reserve(members.size());
    for (const json::Member& member : members) {
        std::string name = nameOf(member);
        const std::size_t occurrence = seen[name]++;
        places.push_back({std::move(name), occurrence});
    }
    return places;
}

class Comparer {
public:
    JsonComparison run(const json::Value& a, const json::Value& b)
    {
        compare(a, b, "$", 0);
        return std::move(m_result);
    }

private:
    void compare(const json::Value& a, const json::Value& b, const std::string& path, int level)
    {
        if (a.raw() == b.raw() || m_result.isCut)
            return;
        if (a.kind() != b.kind() || level == maxLevels)
            changed(a, b, path);
        else if (a.is(json::Kind::Object))
            compareObjects(a, b, path, level);
        else if (a.is(json::Kind::Array))
            compareArrays(a, b, path, level);
        else
            changed(a, b, path);
    }

    void compareObjects(const json::Value& a, const json::Value& b, const std::string& path, int level)
    {
        const auto left = a.members();
        const auto right = b.members();
        const auto rightPlaces = placesOf(right);
        std::unordered_map<Place, std::size_t, PlaceHash> rest;
        for (std::size_t i = 0; i < right.size(); ++i)
            rest.emplace(rightPlaces[i], i);
        const auto leftPlaces = placesOf(left);
        for (std::size_t i = 0; i < left.size(); ++i) {
            const std::string at = path + pathStep(leftPlaces[i].name);
            const auto other = rest.find(leftPlaces[i]);
            if (other == rest.end()) {
                add({JsonDifference::Kind::OnlyInA, at, std::string{left[i].value.raw()}, {}});
                continue;
            }
            compare(left[i].value, right[other->second].value, at, level + 1);
            rest.erase(other);
        }
        for (std::size_t i = 0; i < right.size(); ++i) {
            if (rest.contains(rightPlaces[i]))
                add({JsonDifference::Kind::OnlyInB,
                     path + pathStep(rightPlaces[i].name),
                     {},
                     std::string{right[i].value.raw()}});
        }
    }

    void compareArrays(const json::Value& a, const json::Value& b, const std::string& path, int level)
    {
        const auto left = a.elements();
        const auto right = b.elements();
        for (std::size_t i = 0; i < std::max(left.size(), right.size()) && !m_result.isCut; ++i) {
            const std::string at = path + "[" + std::to_string(i) + "]";
            if (i >= right.size())
                add({JsonDifference::Kind::OnlyInA, at, std::string{left[i].raw()}, {}});
            else if (i >= left.size())
                add({JsonDifference::Kind::OnlyInB, at, {}, std::string{right[i].raw()}});
            else
                compare(left[i], right[i], at, level + 1);
        }
    }

    void changed(const json::Value& a, const json::Value& b, const std::string& path)
    {
        if (json::compact(a.raw()) != json::compact(b.raw()))
            add({JsonDifference::Kind::Changed, path, std::string{a.raw()}, std::string{b.raw()}});
    }

    void add(JsonDifference difference)
    {
        if (m_result.differences.size() == JsonComparison::maxDifferences)
            m_result.isCut = true;
        else
            m_result.differences.push_back(std::move(difference));
    }

    JsonComparison m_result;
};

} // namespace

JsonComparison compareJson(std::string_view a, std::string_view b)
{
    const auto left = json::Value::parse(a, deepest);
    const auto right = json::Value::parse(b, deepest);
    if (!left || !right)
        return {};
    return Comparer{}.run(*left, *right);
}

} // namespace castdeck::ui
