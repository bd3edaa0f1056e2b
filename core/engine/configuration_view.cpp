#include "core/engine/configuration_view.h"

#include "core/base/secret_name.h"
#include "core/broadcast/secret_mask.h"
#include "core/engine/builtin_document.h"

#include <algorithm>
#include <utility>

namespace castdeck::engine {

namespace {

using store::KeyPath;
using store::OrderedJson;

/// Below a copy of so few characters everything would look like a secret.
constexpr std::size_t shortestCopy = 4;

const std::string* keyAt(const KeyPath& path, std::size_t index)
{
    return index < path.parts().size() ? std::get_if<std::string>(&path.parts()[index]) : nullptr;
}

bool is(const std::string* key, std::string_view name)
{
    return key != nullptr && *key == name;
}

/// Names that the owner of the file has chosen: they say nothing about what stands under them.
bool isChosenName(const KeyPath& path, std::size_t index)
{
    const std::string* top = keyAt(path, 0);
    return (index == 1 && (is(top, "connections") || is(top, "aliases") || is(top, "driverAliases"))) ||
           (index == 2 && is(top, "authorize"));
}

bool isUnderSecretName(const KeyPath& path)
{
    for (std::size_t i = 0; i < path.parts().size(); ++i) {
        const std::string* key = keyAt(path, i);
        const bool isHeaders = is(key, "headers") && i + 1 < path.parts().size();
        if (isHeaders || (key != nullptr && !isChosenName(path, i) && isSecretName(*key)))
            return true;
    }
    return false;
}

/// `${NAME}` and nothing else, so that it cannot hold a secret.
bool isPurePlaceholder(const std::string& text)
{
    return text.starts_with("${") && text.find('}') == text.size() - 1 && text.find(":-") == text.npos;
}

/// An address without what may be a credential: user, password and query.
std::string withoutCredentials(std::string text)
{
    const std::size_t scheme = text.find("://");
    if (scheme == std::string::npos)
        return text;
    const std::size_t host = scheme + 3;
    const std::size_t path = std::min(text.find_first_of("/?#", host), text.size());
    if (const std::size_t query = text.find_first_of("?#", path); query != std::string::npos)
        text.replace(query + 1, std::string::npos, broadcast::secretMask);
    if (const std::size_t at = text.rfind('@', path); at != std::string::npos && at >= host)
        text.replace(host, at - host, broadcast::secretMask);
    return text;
}

class View {
public:
    explicit View(const Configuration& configuration)
        : m_file{configuration.file()}
        , m_document{configuration.file().effective()}
    {
        add({}, m_document.json(), builtInDocument(m_document.json()), false);
    }

    std::vector<ShownValue> take()
    {
        const broadcast::SecretMask mask{m_secrets};
        std::vector<ShownValue> values;
        for (auto& [value, json] : m_values) {
            if (value.origin.kind != store::ValueOrigin::BuiltIn) {
                inTexts(json, [&](const std::string& text) { return mask.apply(text); });
                value.written = mask.apply(value.written);
            }
            value.json = asText(json);
            values.push_back(std::move(value));
        }
        return values;
    }

private:
    /// `isHidden`: nobody may see what stands here.
    void add(const KeyPath& path, const OrderedJson& value, const OrderedJson& builtIn, bool isHidden)
    {
        isHidden = isHidden || m_file.isDoubtful(path);
        const bool isSecret = isUnderSecretName(path);
        if (value.is_object() && !(value.empty() && builtIn.empty()) && !isSecret)
            addMembers(path, value, builtIn, isHidden);
        else if (value.is_array() && !isOneLine(path, value))
            addElements(path, value, isHidden);
        else
            addValue(path, value, isHidden || isSecret); // With the names of members, which may be secrets by mistake.
    }

    void addMembers(const KeyPath& path, const OrderedJson& value, const OrderedJson& builtIn, bool isHidden)
    {
        const bool isComparison = isAboutSecret(value);
        for (const auto& [key, member] : value.items()) {
            const bool isWanted = isComparison && key == "to";
            const bool hasBuiltIn = builtIn.is_object() && builtIn.contains(key);
            add(path / key, member, hasBuiltIn ? builtIn[key] : OrderedJson(), isHidden || isWanted);
        }
        for (const auto& [key, member] : builtIn.items()) {
            if (builtIn.is_object() && !value.contains(key))
                add(path / key, member, OrderedJson(), isHidden);
        }
    }

    void addElements(const KeyPath& path, const OrderedJson& value, bool isHidden)
    {
        for (std::size_t i = 0; i < value.size(); ++i)
            add(path / i, value[i], OrderedJson(), isHidden);
    }

    void addValue(const KeyPath& path, const OrderedJson& value, bool isHidden)
    {
        ShownValue shown{.path = path.text(), .json = {}, .origin = m_document.originOf(path), .written = {}};
        const OrderedJson* written = m_document.written(path);
        if (m_document.isReplaced(path)) {
            const auto& text = written->get_ref<const std::string&>();
            isHidden = isHidden || isSecretName(text); // By the name of a variable.
            const bool mayBeShown = isPurePlaceholder(text) || !isHidden;
            shown.written = mayBeShown ? withoutCredentials(text) : std::string{broadcast::secretMask};
        }
        if (isHidden)
            remember(value);
        m_values.emplace_back(std::move(shown), hidden(value, isHidden));
    }

    void remember(const OrderedJson& value)
    {
        if (value.is_string() && value.get_ref<const std::string&>().size() >= shortestCopy)
            m_secrets.push_back(value.get<std::string>());
        else if (value.is_structured())
            std::ranges::for_each(value, [this](const OrderedJson& element) { remember(element); });
    }

    /// The value in the form to be shown. Nothing is nothing to hide.
    static OrderedJson hidden(const OrderedJson& value, bool isHidden)
    {
        if (isHidden)
            return value.empty() || value == OrderedJson("") ? value : OrderedJson(std::string{broadcast::secretMask});
        OrderedJson shown(value);
        inTexts(shown, withoutCredentials);
        return shown;
    }

    /// Changes the text that `value` is, or those in the list that it is.
    template <typename Change> static void inTexts(OrderedJson& value, const Change& change)
    {
        if (value.is_string())
            value = change(value.get<std::string>());
        else if (value.is_array())
            std::ranges::for_each(value, [&](OrderedJson& element) { inTexts(element, change); });
    }

    /// A list of texts and numbers, none of them special.
    bool isOneLine(const KeyPath& path, const OrderedJson& list) const
    {
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (list[i].is_structured() || m_document.isReplaced(path / i) || m_file.isDoubtful(path / i))
                return false;
        }
        return true;
    }

    /// A condition that compares with a secret, maybe: with what requests bring along, such as a header, or with an
    /// attribute of that name.
    static bool isAboutSecret(const OrderedJson& condition)
    {
        const auto value = condition.find("value");
        if (value == condition.end() || !value->is_string())
            return false;
        const auto& text = value->get_ref<const std::string&>();
        return text.starts_with("header.") || text.starts_with("query.") || text.starts_with("form.") ||
               (text.starts_with("actor.attr.") && isSecretName(text));
    }

    static std::string asText(const OrderedJson& value)
    {
        return value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
    }

    const store::ConfigFile& m_file;
    const store::EffectiveDocument& m_document;
    std::vector<std::pair<ShownValue, OrderedJson>> m_values;
    std::vector<std::string> m_secrets;
};

} // namespace

std::vector<ShownValue> shownValues(const Configuration& configuration)
{
    return View{configuration}.take();
}

} // namespace castdeck::engine
