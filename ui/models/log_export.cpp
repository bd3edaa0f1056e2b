#include "ui/models/log_export.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "ui/models/event_words.h"
#include "ui/text/json_hidden.h"
#include "ui/text/shown_text.h"

#include <QtCore/QDateTime>
#include <QtCore/QElapsedTimer>

#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr qint64 sliceMilliseconds = 8;

std::string isoTime(WallTime at)
{
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return toStd(QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC).toString(Qt::ISODateWithMs));
}

/// Spreadsheets calculate what starts with one of these; an apostrophe before it makes it text again.
bool startsFormula(std::string_view text)
{
    return !text.empty() && std::string_view{"=+-@\t\r\n"}.find(text.front()) != std::string_view::npos;
}

/// RFC 4180, section 2: in quotes, with quotes doubled.
void appendField(std::string& line, std::string_view text)
{
    if (!line.empty())
        line.push_back(',');
    line.push_back('"');
    if (startsFormula(text))
        line.push_back('\'');
    for (const char c : text) {
        if (c == '"')
            line.push_back('"');
        line.push_back(c);
    }
    line.push_back('"');
}

void appendMember(std::string& line, std::string_view name, std::string_view text)
{
    if (text.empty())
        return;
    line.append(line.empty() ? "{" : ",");
    json::appendString(line, name);
    line.push_back(':');
    json::appendString(line, isValidUtf8(text) ? std::string{text} : toStd(toQt(text)));
}

void appendNumber(std::string& line, std::string_view name, std::size_t number)
{
    line.push_back(',');
    json::appendString(line, name);
    line.append(":" + std::to_string(number));
}

std::string base64(const std::string& bytes)
{
    return QByteArray::fromStdString(bytes).toBase64().toStdString();
}

struct Fields {
    std::string time;
    std::string type;
    std::string direction;
    std::string payload;
    bool isBase64 = false;
};

Fields fieldsOf(const engine::Event& event, const std::vector<JsonCondition>& hidden)
{
    const EventLook look = lookOf(event.kind);
    Fields fields{isoTime(event.at), toStd(look.keyword), toStd(wordOf(look.direction)), {}, false};
    if (!event.payload)
        return fields;
    fields.payload = hidden.empty() ? *event.payload : withHidden(*event.payload, hidden);
    fields.isBase64 = !isValidUtf8(fields.payload);
    if (fields.isBase64)
        fields.payload = base64(fields.payload);
    return fields;
}

std::string jsonLine(const engine::Event& event, const Fields& fields)
{
    std::string line;
    appendMember(line, "time", fields.time);
    appendMember(line, "type", fields.type);
    appendMember(line, "direction", fields.direction);
    appendMember(line, "app", event.appId);
    appendMember(line, "channel", event.channel);
    appendMember(line, "event", event.event);
    appendMember(line, "socket", event.socketId);
    appendMember(line, "user", event.userId);
    if (event.code != 0)
        line.append(",\"status\":" + std::to_string(event.code));
    if (event.kind == engine::EventKind::ApiMessage || event.kind == engine::EventKind::ClientEvent)
        appendNumber(line, "receivers", event.receivers);
    appendMember(line, "detail", event.detail);
    if (event.payload) {
        appendNumber(line, "size", event.payload->size());
        line.push_back(',');
        json::appendString(line, fields.isBase64 ? "payload_base64" : "payload");
        line.push_back(':');
        json::appendString(line, fields.payload);
    }
    return line + "}\n";
}

std::string csvLine(const engine::Event& event, const Fields& fields)
{
    std::string line;
    for (const std::string& text : {fields.time, fields.type, fields.direction, event.appId, event.channel, event.event,
                                    event.socketId, event.userId})
        appendField(line, text);
    appendField(line, event.code == 0 ? std::string{} : std::to_string(event.code));
    appendField(line, std::to_string(event.receivers));
    appendField(line, event.payload ? std::to_string(event.payload->size()) : std::string{});
    appendField(line, event.detail);
    appendField(line, fields.payload);
    return line + "\r\n";
}

} // namespace

std::string exportHead(ExportFormat format)
{
    return format == ExportFormat::JsonLines
               ? std::string{}
               : "time,type,direction,app,channel,event,socket,user,status,receivers,size,detail,payload\r\n";
}

std::string exportLine(const engine::Event& event, ExportFormat format, const std::vector<JsonCondition>& hidden)
{
    const Fields fields = fieldsOf(event, hidden);
    return format == ExportFormat::JsonLines ? jsonLine(event, fields) : csvLine(event, fields);
}

LogExport::LogExport(const LogModel& model, QObject* parent) : QObject{parent}, m_model{model}
{
    connect(&m_slice, &QTimer::timeout, this, &LogExport::writeSlice);
}

void LogExport::start(const QString& path, ExportFormat format, std::vector<JsonCondition> hidden)
{
    cancel();
    m_file = std::make_unique<QSaveFile>(path);
    if (!m_file->open(QIODevice::WriteOnly)) {
        const QString reason = m_file->errorString();
        cancel();
        Q_EMIT failed(reason);
        return;
    }
    m_file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner); // Payloads are nobody else's business.
    m_format = format;
    m_hidden = std::move(hidden);
    m_rows.clear();
    m_rows.reserve(static_cast<std::size_t>(m_model.rowCount()));
    for (int row = 0; row < m_model.rowCount(); ++row)
        m_rows.push_back(m_model.sequenceAt(row));
    m_at = m_written = 0;
    m_file->write(QByteArray::fromStdString(exportHead(format)));
    m_slice.start(0ms);
}

void LogExport::writeSlice()
{
    QElapsedTimer timer;
    timer.start();
    for (; m_at < m_rows.size() && timer.elapsed() < sliceMilliseconds; ++m_at) {
        if (!m_model.store().holds(m_rows[m_at]))
            continue;
        const std::string line = exportLine(m_model.store().at(m_rows[m_at]), m_format, m_hidden);
        m_file->write(line.data(), static_cast<qint64>(line.size()));
        ++m_written;
    }
    if (m_at == m_rows.size())
        finish();
    else
        Q_EMIT progressed();
}

void LogExport::finish()
{
    m_slice.stop();
    const bool isWritten = m_file->commit();
    const QString reason = m_file->errorString();
    m_file.reset();
    if (isWritten)
        Q_EMIT finished(m_written, m_rows.size() - m_written);
    else
        Q_EMIT failed(reason);
}

void LogExport::cancel()
{
    m_slice.stop();
    m_file.reset(); // Without commit() nothing is left behind.
}

} // namespace castdeck::ui
