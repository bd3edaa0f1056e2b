#include "ui/actions/own_shortcuts.h"

#include <QtCore/QJsonDocument>

namespace castdeck::ui {

namespace {

constexpr const char* collection = "settings";
constexpr const char* documentId = "shortcuts";

QLatin1String nameOf(std::string_view id)
{
    return {id.data(), static_cast<qsizetype>(id.size())};
}

} // namespace

OwnShortcuts::OwnShortcuts(Documents& documents) : m_documents{documents}
{
    if (const std::optional<std::string> kept = m_documents.find(collection, documentId))
        m_keys = QJsonDocument::fromJson(QByteArray::fromStdString(*kept)).object();
}

std::optional<QKeySequence> OwnShortcuts::find(std::string_view id) const
{
    const auto it = m_keys.constFind(nameOf(id));
    if (it == m_keys.constEnd() || !it->isString())
        return std::nullopt;
    return QKeySequence::fromString(it->toString(), QKeySequence::PortableText);
}

void OwnShortcuts::set(std::string_view id, const QKeySequence& keys)
{
    m_keys.insert(nameOf(id), keys.toString(QKeySequence::PortableText));
    keep();
}

void OwnShortcuts::remove(std::string_view id)
{
    m_keys.remove(nameOf(id));
    keep();
}

void OwnShortcuts::keep()
{
    m_documents.put(collection, documentId, QJsonDocument{m_keys}.toJson(QJsonDocument::Compact).toStdString());
}

} // namespace castdeck::ui
