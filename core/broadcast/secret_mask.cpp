#include "core/broadcast/secret_mask.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/pusher/signature.h"

#include <algorithm>

namespace castdeck::broadcast {

namespace {

void replaceAll(std::string& text, std::string_view what)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + secretMask.size()))
        text.replace(at, what.size(), secretMask);
}

std::string withoutQuotes(const std::string& literal)
{
    return literal.substr(1, literal.size() - 2);
}

} // namespace

SecretMask::SecretMask(const std::vector<std::string>& secrets)
{
    for (const std::string& secret : secrets) {
        m_forms.push_back(secret);
        m_forms.push_back(pusher::percentEncode(secret));
        if (!isValidUtf8(secret))
            continue;
        m_forms.push_back(withoutQuotes(json::toString(secret)));
        m_forms.push_back(withoutQuotes(json::toString(m_forms.back())));
    }
    std::erase(m_forms, std::string{});
    std::ranges::sort(m_forms, [](const std::string& a, const std::string& b) {
        return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
    m_forms.erase(std::ranges::unique(m_forms).begin(), m_forms.end());
}

std::string SecretMask::apply(std::string text) const
{
    for (const std::string& form : m_forms)
        replaceAll(text, form);
    return text;
}

std::string SecretMask::line(std::string text, std::size_t maxBytes) const
{
    text = apply(std::move(text));
    if (!isValidUtf8(text))
        return "(text that is not UTF-8)";
    std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    text.erase(text.find_last_not_of(' ') + 1);
    return text.size() <= maxBytes ? text : std::string{leading(text, maxBytes)} + "…";
}

} // namespace castdeck::broadcast
