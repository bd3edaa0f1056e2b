#pragma once

#include <string>
#include <string_view>

namespace castdeck::broadcast {

namespace detail {

template <class T> constexpr std::string_view signatureOf()
{
#if defined(_MSC_VER) && !defined(__clang__)
    return __FUNCSIG__;
#else
    return __PRETTY_FUNCTION__;
#endif
}

/// What the compiler writes around the type is measured with a type whose name all compilers spell alike.
template <class T> constexpr std::string_view compilerNameOf()
{
    constexpr std::string_view probe = signatureOf<double>();
    constexpr std::size_t before = probe.find("double");
    constexpr std::size_t after = probe.size() - before - std::string_view{"double"}.size();
    constexpr std::string_view text = signatureOf<T>();
    return text.substr(before, text.size() - before - after);
}

} // namespace detail

/// The last part of a C++ type name without scopes, template arguments and `struct`: the same with every compiler.
std::string unqualifiedName(std::string_view compilerName);

/// "NewRelease" for App::NewRelease, "Changed" for Changed<Order>.
template <class T> std::string typeName()
{
    return unqualifiedName(detail::compilerNameOf<T>());
}

} // namespace castdeck::broadcast
