#include "core/store/object_reader.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <optional>

namespace castdeck::store {

namespace {

/// What was found, without its text: it may be a secret that stands in the wrong place.
std::string described(const OrderedJson& value)
{
    switch (value.type()) {
    case OrderedJson::value_t::object: return "an object";
    case OrderedJson::value_t::array: return "a list";
    case OrderedJson::value_t::string: return "text in quotes";
    case OrderedJson::value_t::boolean: return value.get<bool>() ? "true" : "false";
    case OrderedJson::value_t::null: return "null";
    default: return "the number " + value.dump();
    }
}

std::string numberWanted(std::uint64_t minimum, std::uint64_t maximum)
{
    if (maximum == UINT64_MAX)
        return minimum == 0 ? "a whole number" : "a whole number from " + std::to_string(minimum);
    return "a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum);
}

} // namespace

ObjectReader::ObjectReader(const OrderedJson& object, KeyPath path, const EffectiveDocument& document,
                           Problems& problems)
    : m_object{object}
    , m_path{std::move(path)}
    , m_document{document}
    , m_problems{problems}
{
}

void ObjectReader::read(std::string_view key, std::string& value)
{
    const OrderedJson* found = member(key);
    if (found == nullptr)
        return;
    if (!found->is_string())
        return wrongType(m_path / key, "text in quotes", *found);
    value = found->get<std::string>();
}

void ObjectReader::read(std::string_view key, bool& value)
{
    const OrderedJson* found = member(key);
    if (found == nullptr)
        return;
    if (found->is_boolean()) {
        value = found->get<bool>();
        return;
    }
    if (!isReplacedText(key, *found))
        return wrongType(m_path / key, "true or false", *found);
    const auto& text = found->get_ref<const std::string&>();
    if (text == "true" || text == "1")
        value = true;
    else if (text == "false" || text == "0")
        value = false;
    else if (!text.empty())
        m_problems.error(m_path / key, "must become true or false, but its variable holds something else");
}

void ObjectReader::read(std::string_view key, std::vector<std::string>& value)
{
    const OrderedJson* found = member(key);
    if (found == nullptr)
        return;
    if (!found->is_array())
        return wrongType(m_path / key, "a list of texts", *found);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < found->size(); ++i) {
        const OrderedJson& element = (*found)[i];
        if (!element.is_string())
            return wrongType(m_path / key / i, "text in quotes", element);
        texts.push_back(element.get<std::string>());
    }
    value = std::move(texts);
}

void ObjectReader::read(std::string_view key, std::uint64_t& value, std::uint64_t minimum, std::uint64_t maximum)
{
    const OrderedJson* found = member(key);
    if (found == nullptr)
        return;
    std::optional<std::uint64_t> number;
    if (found->is_number_unsigned()) {
        number = found->get<std::uint64_t>();
    } else if (isReplacedText(key, *found)) {
        const auto& text = found->get_ref<const std::string&>();
        if (text.empty())
            return;
        number = parseNumber(text);
    }
    if (!number || *number < minimum || *number > maximum)
        return wrongType(m_path / key, numberWanted(minimum, maximum), *found);
    value = *number;
}

void ObjectReader::read(std::string_view key, std::size_t& value, std::span<const std::string_view> choices)
{
    std::string text;
    read(key, text);
    if (text.empty())
        return;
    const auto found = std::ranges::find(choices, text);
    if (found != choices.end()) {
        value = static_cast<std::size_t>(found - choices.begin());
        return;
    }
    std::string wanted;
    for (const std::string_view choice : choices)
        wanted += (wanted.empty() ? "\"" : ", \"") + std::string{choice} + "\"";
    m_problems.error(m_path / key, "must be one of " + wanted);
}

void ObjectReader::object(std::string_view key, const std::function<void(ObjectReader&)>& use)
{
    const OrderedJson* found = member(key);
    if (found == nullptr)
        return;
    if (!found->is_object())
        return wrongType(m_path / key, "an object", *found);
    ObjectReader reader{*found, m_path / key, m_document, m_problems};
    use(reader);
    reader.reportUnknownKeys();
}

void ObjectReader::objects(std::string_view key, const std::function<void(ObjectReader&)>& use)
{
    const OrderedJson* found = member(key);
    if (found == nullptr)
        return;
    if (!found->is_array())
        return wrongType(m_path / key, "a list of objects", *found);
    for (std::size_t i = 0; i < found->size(); ++i) {
        const OrderedJson& element = (*found)[i];
        if (!element.is_object()) {
            wrongType(m_path / key / i, "an object", element);
            continue;
        }
        ObjectReader reader{element, m_path / key / i, m_document, m_problems};
        use(reader);
        reader.reportUnknownKeys();
    }
}

void ObjectReader::reportUnknownKeys()
{
    for (const auto& [key, ignored] : m_object.items()) {
        if (!m_known.contains(key))
            m_problems.unknownKey(m_path / key);
    }
}

const OrderedJson* ObjectReader::member(std::string_view key)
{
    skip(key);
    const auto it = m_object.find(key);
    return it == m_object.end() ? nullptr : &*it;
}

bool ObjectReader::isReplacedText(std::string_view key, const OrderedJson& value) const
{
    return value.is_string() && m_document.isReplaced(m_path / key);
}

void ObjectReader::wrongType(const KeyPath& path, std::string_view wanted, const OrderedJson& found)
{
    m_problems.error(path, "must be " + std::string{wanted} + ", not " + described(found));
}

} // namespace castdeck::store
