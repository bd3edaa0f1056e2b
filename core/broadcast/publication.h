#pragma once

#include <initializer_list>
#include <iterator> // with <concepts>, which Qt's moc cannot read by itself
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace castdeck::broadcast {

namespace detail {

template <class T>
concept IsText = std::convertible_to<T, std::string_view>;
template <class T>
concept HasToString = requires(const T& value) {
    { value.toString() } -> IsText;
};
template <class T>
concept HasFreeToString = requires(const T& value) {
    { to_string(value) } -> IsText;
};
template <class T>
concept IsWritable = requires(std::ostream& out, const T& value) { out << value; };

/// Numbers are no topics: one that was meant as an index or a flag would go unnoticed.
template <class T>
concept RendersToText = !std::is_arithmetic_v<T> && !std::is_pointer_v<T> && !std::is_array_v<T> &&
                        (HasToString<T> || HasFreeToString<T> || IsWritable<T>);

template <class T> std::string rendered(const T& value)
{
    if constexpr (HasToString<T>) {
        return std::string{value.toString()};
    } else if constexpr (HasFreeToString<T>) {
        return std::string{to_string(value)};
    } else {
        std::ostringstream out;
        out << value;
        return std::move(out).str();
    }
}

} // namespace detail

/// Where messages go: text, or an object that has toString(), to_string(object) or a stream operator.
class Topic {
public:
    template <detail::IsText Text> Topic(const Text& text) : m_text{std::string_view{text}} {}
    template <class Object>
        requires(!detail::IsText<Object> && detail::RendersToText<Object>)
    Topic(const Object& object) : m_text{detail::rendered(object)}
    {
    }

    const std::string& text() const noexcept { return m_text; }

private:
    std::string m_text;
};

/// One topic or a list, each once.
class Topics {
public:
    template <std::convertible_to<Topic> One> Topics(const One& one) { add(one); }
    Topics(std::initializer_list<Topic> list)
    {
        for (const Topic& topic : list)
            add(topic);
    }
    template <class List>
        requires(!std::convertible_to<List, Topic> &&
                 requires(const List& list) {
                     { *std::begin(list) } -> std::convertible_to<Topic>;
                 })
    Topics(const List& list)
    {
        for (const auto& topic : list)
            add(topic);
    }

    const std::vector<std::string>& texts() const noexcept { return m_texts; }

private:
    void add(const Topic& topic);

    std::vector<std::string> m_texts;
};

/// One message or a list, each of them text that the caller has serialised. Nothing else is taken.
class Messages {
public:
    template <detail::IsText Text> Messages(const Text& one) : m_texts{std::string{std::string_view{one}}} {}
    Messages(std::initializer_list<std::string_view> list) : m_texts(list.begin(), list.end()) {}
    template <class List>
        requires(!detail::IsText<List> &&
                 requires(const List& list) {
                     { *std::begin(list) } -> detail::IsText;
                 })
    Messages(const List& list)
    {
        for (const auto& message : list)
            m_texts.emplace_back(std::string_view{message});
    }

    const std::vector<std::string>& texts() const noexcept { return m_texts; }

private:
    std::vector<std::string> m_texts;
};

} // namespace castdeck::broadcast
