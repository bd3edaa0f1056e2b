#pragma once

#include "core/remote/endpoint_checks.h"
#include "core/remote/persona.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Who should get into which channel, and who does.
namespace castdeck::remote {

enum class Expectation { None, Allow, Deny };

/// "allow", "deny", "" for none.
std::string_view toText(Expectation expectation);

struct MatrixCell {
    std::size_t persona = 0;
    std::size_t channel = 0;

    auto operator<=>(const MatrixCell&) const = default;
};

struct MatrixResult {
    EndpointOutcome outcome = EndpointOutcome::Error;
    std::string explanation;

    bool operator==(const MatrixResult&) const = default;
};

/// An error is never as expected.
bool isAsExpected(Expectation expectation, EndpointOutcome outcome);

/// A table of personas and channels. A plain value.
struct PermissionMatrix {
    std::string url; ///< Of the endpoint; empty: the built-in one.
    std::string method = "POST";
    std::string appId; ///< Of the built-in endpoint's application; empty: the first.
    std::vector<Persona> personas;
    std::vector<std::string> channels;
    std::map<std::pair<std::string, std::string>, Expectation> expectations; ///< By persona id and channel.

    static constexpr std::size_t maxCells = 10'000;

    Expectation expected(MatrixCell cell) const;
    std::vector<MatrixCell> cells() const; ///< Row by row.
    /// "built-in endpoint", or the address without what may be a secret.
    std::string endpointName() const;
};

using MatrixResults = std::map<MatrixCell, MatrixResult>;

/// The file that the window saves and `authorize --matrix` reads. It holds no value of a header or cookie: in their
/// place stand variables, `${CASTDECK_ANA_COOKIE}`. What already is only a variable stays.
std::string matrixFile(const PermissionMatrix& matrix);
/// As it is: for the window's own store.
std::string matrixDocument(const PermissionMatrix& matrix);
/// Reads either. Fails with InvalidInput, naming the place.
Result<PermissionMatrix> readMatrix(const std::string& text);

/// Names of the variables that stand in headers and cookies, each once.
std::vector<std::string> variablesOf(const PermissionMatrix& matrix);
/// Replaces variables in headers and cookies. Fails with NotFound, naming the first that `find` does not know.
Result<PermissionMatrix> withVariables(PermissionMatrix matrix,
                                       const std::function<std::optional<std::string>(const std::string&)>& find);

/// Reports of the cells that have results; bytes that depend on nothing else.
std::string junitReport(const PermissionMatrix& matrix, const MatrixResults& results);
/// RFC 4180; no field can be taken for a formula by a spreadsheet.
std::string csvReport(const PermissionMatrix& matrix, const MatrixResults& results);
/// How many are not as expected.
std::size_t countDifferent(const PermissionMatrix& matrix, const MatrixResults& results);

} // namespace castdeck::remote
