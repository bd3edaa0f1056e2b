#include "core/store/effective_document.h"

#include <algorithm>
#include <utility>

namespace castdeck::store {

namespace {

ValueOrigin kindOf(Environment::Origin origin)
{
    return origin == Environment::Origin::DotEnv ? ValueOrigin::DotEnv : ValueOrigin::Environment;
}

const OrderedJson* step(const OrderedJson& value, const KeyPath::Part& part)
{
    if (const auto* key = std::get_if<std::string>(&part)) {
        const auto found = value.is_object() ? value.find(*key) : value.end();
        return found == value.end() ? nullptr : &*found;
    }
    const std::size_t index = std::get<std::size_t>(part);
    return value.is_array() && index < value.size() ? &value[index] : nullptr;
}

const OrderedJson* valueAt(const OrderedJson& document, const KeyPath& path)
{
    const OrderedJson* value = &document;
    for (const KeyPath::Part& part : path.parts()) {
        value = step(*value, part);
        if (value == nullptr)
            return nullptr;
    }
    return value;
}

} // namespace

std::string_view toText(ValueOrigin origin)
{
    switch (origin) {
    case ValueOrigin::BuiltIn: return "built-in";
    case ValueOrigin::File: return "file";
    case ValueOrigin::DotEnv: return ".env";
    case ValueOrigin::Environment: return "environment";
    }
    return "built-in";
}

EffectiveDocument::EffectiveDocument(const OrderedJson& document, Environment environment, Problems& problems)
    : m_environment{std::move(environment)}
    , m_written(toNestedShape(document))
    , m_json(m_written)
{
    replace(m_json, {}, problems);
    m_overrides = applyVariables(m_json, m_environment, problems);
}

void EffectiveDocument::replace(OrderedJson& value, const KeyPath& path, Problems& problems)
{
    if (value.is_object()) {
        for (const auto& [key, member] : value.items())
            replace(member, path / key, problems);
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            replace(value[i], path / i, problems);
    } else if (value.is_string() && hasPlaceholder(value.get_ref<const std::string&>())) {
        Expansion expansion = expand(value.get_ref<const std::string&>(), m_environment);
        for (const std::string& name : expansion.missing)
            problems.warning(path, "the variable " + name + " is not set; the value becomes empty");
        value = std::move(expansion.text);
    }
}

const OrderedJson* EffectiveDocument::find(const KeyPath& path) const
{
    return valueAt(m_json, path);
}

const OrderedJson* EffectiveDocument::written(const KeyPath& path) const
{
    return valueAt(m_written, path);
}

const VariableValue* EffectiveDocument::overrideOf(const KeyPath& path) const
{
    const auto found = std::ranges::find(m_overrides, path, &VariableValue::path);
    return found == m_overrides.end() ? nullptr : &*found;
}

Origin EffectiveDocument::originOf(const KeyPath& path) const
{
    if (const VariableValue* set = overrideOf(path))
        return {kindOf(set->origin), set->variable};
    const OrderedJson* value = written(path);
    if (value == nullptr)
        return {};
    Origin origin{ValueOrigin::File, {}};
    if (!value->is_string())
        return origin;
    for (const std::string& name : expand(value->get_ref<const std::string&>(), m_environment).used) {
        const ValueOrigin kind = kindOf(m_environment.find(name)->origin);
        if (kind > origin.kind)
            origin = {kind, name};
    }
    return origin;
}

bool EffectiveDocument::isReplaced(const KeyPath& path) const
{
    const OrderedJson* value = overrideOf(path) == nullptr ? written(path) : nullptr;
    return value != nullptr && value->is_string() && hasPlaceholder(value->get_ref<const std::string&>());
}

} // namespace castdeck::store
