#include "ui/models/window_memory.h"

#include <QtCore/QJsonDocument>

namespace castdeck::ui {

namespace {

constexpr const char* collection = "settings";
constexpr const char* windowId = "window";
const QString arrangementKey = QStringLiteral("arrangement");
const QString zoomKey = QStringLiteral("zoom");
constexpr int usualZoom = 100;

std::string layoutId(Arrangement arrangement)
{
    return "layout." + keyOf(arrangement).toStdString();
}

} // namespace

std::optional<Arrangement> WindowMemory::arrangement() const
{
    return arrangementOf(read(windowId).value(arrangementKey).toString());
}

void WindowMemory::setArrangement(Arrangement arrangement)
{
    QJsonObject window = read(windowId);
    window.insert(arrangementKey, keyOf(arrangement));
    write(windowId, window);
}

int WindowMemory::zoom() const
{
    return read(windowId).value(zoomKey).toInt(usualZoom);
}

void WindowMemory::setZoom(int percent)
{
    QJsonObject window = read(windowId);
    window.insert(zoomKey, percent);
    write(windowId, window);
}

QJsonObject WindowMemory::layout(Arrangement arrangement) const
{
    return read(layoutId(arrangement).c_str());
}

void WindowMemory::setLayout(Arrangement arrangement, const QJsonObject& layout)
{
    write(layoutId(arrangement).c_str(), layout);
}

QJsonObject WindowMemory::read(const char* id) const
{
    const std::optional<std::string> text = m_documents.find(collection, id);
    return text ? QJsonDocument::fromJson(QByteArray::fromStdString(*text)).object() : QJsonObject{};
}

void WindowMemory::write(const char* id, const QJsonObject& object)
{
    m_documents.put(collection, id, QJsonDocument{object}.toJson(QJsonDocument::Compact).toStdString());
}

} // namespace castdeck::ui
