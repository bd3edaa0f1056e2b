#include "ui/text/placeholders.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr int maxDepth = 512;

QString tr(const char* text)
{
    return QCoreApplication::translate("Placeholders", text);
}

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isNamePart(char c)
{
    return isNameStart(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && json::isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && json::isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

bool isJsonOf(std::string_view text, json::Kind kind)
{
    const auto value = json::Value::parse(text, maxDepth);
    return value && value->is(kind) && value->raw() == text;
}

/// The end of the hole that opens at `offset`, behind its closing braces. A default of type json may hold braces of its
/// own: the hole ends where the default is JSON.
std::size_t endOfHole(std::string_view text, std::size_t offset)
{
    constexpr std::string_view jsonDefault = ":json=";
    const std::size_t first = text.find("}}", offset + 2);
    const std::string_view head = text.substr(offset + 2, first == std::string_view::npos ? first : first - offset - 2);
    const std::size_t marker = head.find(jsonDefault);
    if (first == std::string_view::npos || marker == std::string_view::npos)
        return first == std::string_view::npos ? first : first + 2;
    const std::size_t start = offset + 2 + marker + jsonDefault.size();
    for (std::size_t end = first; end != std::string_view::npos; end = text.find("}}", end + 1)) {
        if (!json::check(text.substr(start, end - start), maxDepth))
            return end + 2;
    }
    return first + 2;
}

std::vector<std::string> choicesIn(std::string_view list)
{
    std::vector<std::string> choices;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (const std::string_view choice = trimmed(list.substr(0, comma)); !choice.empty())
            choices.emplace_back(choice);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return choices;
}

std::string written(const Placeholder& field, const std::string& value, Syntax syntax, bool isInString)
{
    if (syntax == Syntax::Plain)
        return value;
    if (isInString) {
        const std::string quoted = json::toString(value);
        return quoted.substr(1, quoted.size() - 2);
    }
    const bool isRaw = field.type == FieldType::Number || field.type == FieldType::Json;
    return isRaw ? value : json::toString(value);
}

} // namespace

PlaceholderText::PlaceholderText(std::string text, Syntax syntax) : m_text{std::move(text)}, m_syntax{syntax}
{
    read();
}

void PlaceholderText::fail(std::size_t offset, QString sentence)
{
    if (!m_mistake)
        m_mistake = PlaceholderMistake{std::move(sentence), placeAt(m_text, offset)};
}

void PlaceholderText::read()
{
    bool isInString = false;
    for (std::size_t at = 0; at < m_text.size() && !m_mistake;) {
        const char c = m_text[at];
        if (c == '{' && m_text.compare(at, 2, "{{") == 0) {
            // Of three braces the first belongs to the text around: {{{key}}:1}.
            if (m_text.compare(at, 3, "{{{") == 0)
                ++at;
            else
                at = readHole(at, isInString);
            continue;
        }
        if (m_syntax == Syntax::Json && c == '"')
            isInString = !isInString;
        at += m_syntax == Syntax::Json && isInString && c == '\\' ? 2 : 1;
    }
}

std::size_t PlaceholderText::readHole(std::size_t offset, bool isInString)
{
    const std::size_t end = endOfHole(m_text, offset);
    if (end == std::string::npos) {
        fail(offset, tr("The placeholder that starts here has no end: }} is missing."));
        return m_text.size();
    }
    Hole hole{.offset = offset, .length = end - offset, .isInString = isInString};
    std::string inner = m_text.substr(offset + 2, end - offset - 4);
    if (isInString) { // Written with the escapes of JSON, as all of a JSON string.
        const std::string quoted = '"' + inner + '"';
        if (const auto value = json::Value::parse(quoted))
            inner = value->text();
    }
    if (readSpecification(hole, inner))
        m_holes.push_back(std::move(hole));
    return end;
}

bool PlaceholderText::readSpecification(Hole& hole, std::string_view inner)
{
    const std::string_view whole = trimmed(inner);
    if (whole.size() >= 2 && whole.front() == '"' && whole.back() == '"') {
        hole.literal = std::string{whole.substr(1, whole.size() - 2)};
        return true;
    }
    const auto nameEnd = std::ranges::find_if_not(whole, isNamePart);
    const auto length = static_cast<std::size_t>(nameEnd - whole.begin());
    if (length == 0 || !isNameStart(whole.front())) {
        fail(hole.offset, tr("%1 is no placeholder: a name of letters, digits, _ - and . comes first.")
                              .arg(shownText("{{" + std::string{inner} + "}}", 60)));
        return false;
    }
    hole.field.name = std::string{whole.substr(0, length)};
    // The default is taken from the untrimmed text: blanks may be wanted at its end.
    std::string_view rest = inner.substr(inner.find(hole.field.name) + length);
    while (!rest.empty() && json::isBlank(rest.front()))
        rest.remove_prefix(1);
    hole.isTyped = !rest.empty();
    const std::size_t equals = rest.find(
        '=', rest.starts_with(':') && rest.find('(') < rest.find('=') ? std::min(rest.find(')'), rest.size()) : 0);
    if (equals != std::string_view::npos)
        hole.field.preset = std::string{rest.substr(equals + 1)};
    const std::string_view type = trimmed(rest.substr(0, equals));
    if (type.empty())
        return true;
    if (!type.starts_with(':')) {
        fail(hole.offset,
             tr("After the name %1 comes a : with its type or a = with its default.").arg(toQt(hole.field.name)));
        return false;
    }
    return readType(hole, trimmed(type.substr(1)));
}

bool PlaceholderText::readType(Hole& hole, std::string_view type)
{
    Placeholder& field = hole.field;
    if (type == "text" || type == "string")
        field.type = FieldType::Text;
    else if (type == "long")
        field.type = FieldType::Long;
    else if (type == "number")
        field.type = FieldType::Number;
    else if (type == "json")
        field.type = FieldType::Json;
    else if (type.starts_with("choice(") && type.ends_with(")")) {
        field.type = FieldType::Choice;
        field.choices = choicesIn(type.substr(7, type.size() - 8));
    } else {
        fail(hole.offset, tr("The type %1 is not known; there are text, long, number, choice(a,b) and json.")
                              .arg(shownText(type, 40)));
        return false;
    }
    if (field.type == FieldType::Choice && field.choices.empty()) {
        fail(hole.offset, tr("%1 has nothing to choose from.").arg(toQt(field.name)));
        return false;
    }
    if (field.preset && !(field.preset->empty() && field.type != FieldType::Choice)) {
        if (const QString problem = problemOfValue(field, *field.preset); !problem.isEmpty()) {
            fail(hole.offset, problem);
            return false;
        }
    }
    return true;
}

PlaceholderSet::PlaceholderSet(std::vector<PlaceholderText> texts) : m_texts{std::move(texts)}
{
    for (const PlaceholderText& text : m_texts)
        collect(text);
}

void PlaceholderSet::collect(const PlaceholderText& text)
{
    if (!m_mistake)
        m_mistake = text.mistake();
    for (const PlaceholderText::Hole& hole : text.m_holes) {
        if (hole.literal)
            continue;
        const auto known = std::ranges::find(m_fields, hole.field.name, &Placeholder::name);
        if (known == m_fields.end()) {
            m_fields.push_back(hole.field);
            m_isTyped.push_back(hole.isTyped);
            continue;
        }
        const auto index = static_cast<std::size_t>(known - m_fields.begin());
        if (!hole.isTyped)
            continue;
        if (m_isTyped[index] && *known != hole.field && !m_mistake)
            m_mistake = PlaceholderMistake{tr("%1 is described twice, and differently; describe it once and write %2 "
                                              "in the other places.")
                                               .arg(toQt(hole.field.name), toQt("{{" + hole.field.name + "}}")),
                                           placeAt(text.m_text, hole.offset)};
        if (!m_isTyped[index])
            *known = hole.field;
        m_isTyped[index] = true;
    }
}

const Placeholder& PlaceholderSet::fieldNamed(const std::string& name) const
{
    return *std::ranges::find(m_fields, name, &Placeholder::name);
}

PlaceholderSet::Rendering PlaceholderSet::render(std::size_t index, const Values& values) const
{
    const PlaceholderText& text = m_texts[index];
    if (text.m_mistake)
        return {.text = {}, .mistake = text.m_mistake};
    std::string out;
    std::size_t copied = 0;
    for (const PlaceholderText::Hole& hole : text.m_holes) {
        out.append(text.m_text, copied, hole.offset - copied);
        copied = hole.offset + hole.length;
        if (hole.literal) {
            out += *hole.literal;
            continue;
        }
        const Placeholder& field = fieldNamed(hole.field.name);
        const auto value = values.find(field.name);
        const QString problem = value == values.end() ? tr("%1 is not filled in.").arg(toQt(field.name))
                                                      : problemOfValue(field, value->second);
        if (!problem.isEmpty())
            return {.text = {}, .mistake = PlaceholderMistake{problem, placeAt(text.m_text, hole.offset)}};
        out += written(field, value->second, text.m_syntax, hole.isInString);
    }
    out.append(text.m_text, copied);
    return {.text = std::move(out)};
}

QString problemOfValue(const Placeholder& field, const std::string& value)
{
    const QString name = toQt(field.name);
    const bool mayBeEmpty =
        field.preset && field.preset->empty() && (field.type == FieldType::Text || field.type == FieldType::Long);
    if (value.empty())
        return mayBeEmpty ? QString{} : tr("%1 is not filled in.").arg(name);
    if (!isValidUtf8(value))
        return tr("%1 is not text in UTF-8.").arg(name);
    switch (field.type) {
    case FieldType::Text:
    case FieldType::Long: return {};
    case FieldType::Number:
        return isJsonOf(value, json::Kind::Number) ? QString{}
                                                   : tr("%1 must be a number, such as 10 or -1.5.").arg(name);
    case FieldType::Choice:
        return std::ranges::find(field.choices, value) != field.choices.end()
                   ? QString{}
                   : tr("%1 must be one of its choices.").arg(name);
    case FieldType::Json:
        return json::check(value, maxDepth) ? tr("%1 must be JSON: a text needs quotes.").arg(name) : QString{};
    }
    return {};
}

std::string presetOf(const Placeholder& field)
{
    if (field.preset)
        return *field.preset;
    return field.type == FieldType::Choice ? field.choices.front() : std::string{};
}

} // namespace castdeck::ui
