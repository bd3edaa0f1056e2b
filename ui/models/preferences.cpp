#include "ui/models/preferences.h"

#include <QtCore/QJsonDocument>

#include <algorithm>
#include <array>

namespace castdeck::ui {

namespace {

constexpr const char* collection = "settings";
constexpr const char* documentId = "preferences";

struct Entry {
    const char* id;
    PreferenceRange range;
};

// In the order of Preference. The defaults are those of the archive without a window.
constexpr std::array entries{
    Entry{"log.days", {30, 1, 3'650}},
    Entry{"log.rows", {1'000, 10, 100'000}},
    Entry{"log.megabytes", {1'024, 16, 102'400}},
    Entry{"sent.rows", {100, 1, 10'000}},
    Entry{"log.memory", {100, 10, 500}},
    Entry{"sending.ask", {0, 0, 2}},
    Entry{"security.unlock", {10, 2, 60}},
    Entry{"general.start", {1, 0, 1}},
};

const Entry& entryOf(Preference preference)
{
    return entries[static_cast<std::size_t>(preference)];
}

} // namespace

PreferenceRange rangeOf(Preference preference)
{
    return entryOf(preference).range;
}

Preferences::Preferences(Documents& documents, QObject* parent) : QObject{parent}, m_documents{documents}
{
    if (const std::optional<std::string> kept = m_documents.find(collection, documentId))
        m_values = QJsonDocument::fromJson(QByteArray::fromStdString(*kept)).object();
}

int Preferences::value(Preference preference) const
{
    const Entry& entry = entryOf(preference);
    const int kept = m_values.value(QLatin1String{entry.id}).toInt(entry.range.usual);
    return std::clamp(kept, entry.range.least, entry.range.most);
}

void Preferences::set(Preference preference, int value)
{
    const Entry& entry = entryOf(preference);
    value = std::clamp(value, entry.range.least, entry.range.most);
    if (value == this->value(preference))
        return;
    m_values.insert(QLatin1String{entry.id}, value);
    m_documents.put(collection, documentId, QJsonDocument{m_values}.toJson(QJsonDocument::Compact).toStdString());
    Q_EMIT changed(preference);
}

} // namespace castdeck::ui
