#pragma once

#include "core/base/error.h"

#include <cassert>
#include <utility>
#include <variant>

namespace castdeck {

/// A value or an Error, with the member names of std::expected (which GCC 12 lacks in C++20).
template <typename T> class [[nodiscard]] Result {
public:
    Result(T value) : m_state{std::in_place_index<0>, std::move(value)} {}
    Result(Error error) : m_state{std::in_place_index<1>, std::move(error)} {}

    bool has_value() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    const T& value() const& { return *std::get_if<0>(&checked()); }
    T& value() & { return *std::get_if<0>(&checked()); }
    T&& value() && { return std::move(*std::get_if<0>(&checked())); }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    const Error& error() const
    {
        assert(!has_value());
        return *std::get_if<1>(&m_state);
    }

private:
    std::variant<T, Error>& checked()
    {
        assert(has_value());
        return m_state;
    }
    const std::variant<T, Error>& checked() const
    {
        assert(has_value());
        return m_state;
    }

    std::variant<T, Error> m_state;
};

/// Success without a value, or an Error.
template <> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error{std::move(error)}, m_failed{true} {}

    bool has_value() const noexcept { return !m_failed; }
    explicit operator bool() const noexcept { return has_value(); }

    const Error& error() const
    {
        assert(m_failed);
        return m_error;
    }

private:
    Error m_error{};
    bool m_failed = false;
};

} // namespace castdeck
