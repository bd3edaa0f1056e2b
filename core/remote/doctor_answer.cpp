#include "core/remote/doctor_answer.h"

#include "core/base/ascii.h"

namespace castdeck::remote {

std::string lineOf(std::string_view text)
{
    constexpr std::size_t longest = 160;
    std::string line;
    for (const char c : text) {
        if (line.size() == longest)
            break;
        const bool isBlank = static_cast<unsigned char>(c) <= ' ';
        if (!isBlank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    while (!isValidUtf8(line))
        line.pop_back();
    return line;
}

bool isPage(const RawAnswer& answer)
{
    const std::string* const type = answer.header("Content-Type");
    const std::string start = toLower(std::string_view{answer.body}.substr(0, 64));
    return (type != nullptr && toLower(*type).find("text/html") != std::string::npos) ||
           start.find("<!doctype html") != std::string::npos || start.find("<html") != std::string::npos;
}

bool speaksOfApp(const std::string& body)
{
    const std::string text = toLower(body);
    // Frameworks repeat the path that they do not know.
    for (const char* word : {"route", "cannot get", "/apps/"}) {
        if (text.find(word) != std::string::npos)
            return false;
    }
    return text.find("app") != std::string::npos;
}

bool complainsOfPlainHttp(const RawAnswer& answer)
{
    const std::string text = toLower(answer.body);
    return answer.status == 400 &&
           (text.find("https port") != std::string::npos || text.find("http request to an https") != std::string::npos);
}

std::string saidIn(const RawAnswer& answer)
{
    return isPage(answer) ? std::string{} : lineOf(answer.body);
}

bool isFromServer(const RawAnswer& answer)
{
    if (!answer.isHttp || isPage(answer))
        return false;
    if (answer.status == 404)
        return speaksOfApp(answer.body);
    return (answer.status >= 200 && answer.status < 300) || answer.status == 401 || answer.status == 403;
}

} // namespace castdeck::remote
