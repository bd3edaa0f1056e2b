#pragma once

#include "core/store/document_shape.h"
#include "core/store/environment.h"
#include "core/store/key_path.h"
#include "core/store/problem.h"
#include "core/store/variables.h"

#include <string>
#include <string_view>
#include <vector>

namespace castdeck::store {

/// Where a value came from, the weakest first.
enum class ValueOrigin { BuiltIn, File, DotEnv, Environment };

/// "environment", for people.
std::string_view toText(ValueOrigin origin);

struct Origin {
    ValueOrigin kind = ValueOrigin::BuiltIn;
    std::string variable; ///< Whose value it is or holds; empty when no variable is in it.
};

/// What a configuration says once everything outside of the file has had its say: in the nested shape, every `${NAME}`
/// replaced, and overridden by the variables that stand for a value. Built-in defaults are not in it.
class EffectiveDocument {
public:
    EffectiveDocument() : m_written(OrderedJson::object()), m_json(OrderedJson::object()) {}
    /// `document` is an object, of either shape. Tells of variables that are not set or cannot be used.
    EffectiveDocument(const OrderedJson& document, Environment environment, Problems& problems);

    const OrderedJson& json() const noexcept { return m_json; }
    const OrderedJson* find(const KeyPath& path) const; ///< Null when there is nothing.
    /// The same value with its `${NAME}`; null when it is not in the file.
    const OrderedJson* written(const KeyPath& path) const;
    Origin originOf(const KeyPath& path) const;
    /// A text that replaced a `${NAME}`: it may stand for a number or a switch.
    bool isReplaced(const KeyPath& path) const;

private:
    void replace(OrderedJson& value, const KeyPath& path, Problems& problems);
    const VariableValue* overrideOf(const KeyPath& path) const;

    Environment m_environment;
    OrderedJson m_written;
    OrderedJson m_json;
    std::vector<VariableValue> m_overrides;
};

} // namespace castdeck::store
