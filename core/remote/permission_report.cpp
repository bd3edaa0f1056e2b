#include "core/base/ascii.h"
#include "core/remote/permission_matrix.h"

#include <algorithm>

namespace castdeck::remote {

namespace {

std::string xml(const std::string& text)
{
    std::string result;
    for (const char c : isValidUtf8(text) ? text : std::string{"(no UTF-8)"}) {
        switch (c) {
        case '&': result += "&amp;"; break;
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        case '"': result += "&quot;"; break;
        default: result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c; // XML 1.0 takes no others.
        }
    }
    return result;
}

std::string nameOf(const Persona& persona)
{
    return persona.name.empty() || persona.name == persona.id ? persona.id : persona.name + " (" + persona.id + ")";
}

std::string expectedWord(Expectation expectation)
{
    switch (expectation) {
    case Expectation::None: return "";
    case Expectation::Allow: return "Allow";
    case Expectation::Deny: return "Deny";
    }
    return "";
}

/// The inside of a test case; empty when it went well.
std::string outcomeXml(Expectation expectation, const MatrixResult& result)
{
    const std::string got = "got " + std::string{wordFor(result.outcome)};
    const std::string message =
        expectation == Expectation::None ? got : "expected " + expectedWord(expectation) + ", " + got;
    const bool isError = result.outcome == EndpointOutcome::Error;
    if (expectation == Expectation::None && !isError)
        return "<skipped message=\"nothing is expected; " + got + "\"/>";
    if (isAsExpected(expectation, result.outcome))
        return {};
    const std::string element = isError ? "error" : "failure";
    return "<" + element + " message=\"" + xml(message) + "\">" + xml(result.explanation) + "</" + element + ">";
}

std::string csvField(std::string text)
{
    static constexpr std::string_view formulaStarts = "=+-@\t\r\n";
    if (!text.empty() && formulaStarts.find(text.front()) != std::string_view::npos)
        text.insert(0, "'");
    std::string result = "\"";
    for (const char c : text) {
        result += c;
        if (c == '"')
            result += c;
    }
    return result + "\"";
}

} // namespace

std::string junitReport(const PermissionMatrix& matrix, const MatrixResults& results)
{
    std::string cases;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;
    for (const auto& [cell, result] : results) {
        const std::string inside = outcomeXml(matrix.expected(cell), result);
        failures += inside.starts_with("<failure") ? 1 : 0;
        errors += inside.starts_with("<error") ? 1 : 0;
        skipped += inside.starts_with("<skipped") ? 1 : 0;
        cases += "    <testcase classname=\"" + xml(nameOf(matrix.personas[cell.persona])) + "\" name=\"" +
                 xml(matrix.channels[cell.channel]) + "\"" + (inside.empty() ? "/>" : ">" + inside + "</testcase>") +
                 "\n";
    }
    const std::string counts = " tests=\"" + std::to_string(results.size()) + "\" failures=\"" +
                               std::to_string(failures) + "\" errors=\"" + std::to_string(errors) + "\" skipped=\"" +
                               std::to_string(skipped) + "\">\n";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"Castdeck authorization\"" + counts +
           "  <testsuite name=\"" + xml(matrix.endpointName()) + "\"" + counts + cases +
           "  </testsuite>\n</testsuites>\n";
}

std::string csvReport(const PermissionMatrix& matrix, const MatrixResults& results)
{
    std::string text = "persona,channel,expected,result,as expected,why\r\n";
    for (const auto& [cell, result] : results) {
        const Expectation expectation = matrix.expected(cell);
        const std::vector<std::string> fields{nameOf(matrix.personas[cell.persona]),
                                              matrix.channels[cell.channel],
                                              expectedWord(expectation),
                                              std::string{wordFor(result.outcome)},
                                              isAsExpected(expectation, result.outcome) ? "yes" : "no",
                                              result.explanation};
        std::string line;
        for (const std::string& field : fields)
            line += (line.empty() ? "" : ",") + csvField(field);
        text += line + "\r\n";
    }
    return text;
}

std::size_t countDifferent(const PermissionMatrix& matrix, const MatrixResults& results)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        results, [&](const auto& entry) { return !isAsExpected(matrix.expected(entry.first), entry.second.outcome); }));
}

} // namespace castdeck::remote
