#include "app/cli/matrix_trial.h"

#include "app/cli/output.h"
#include "core/base/json.h"

#include <QFile>
#include <QSaveFile>

#include <cstdlib>

namespace castdeck::cli {

namespace {

constexpr qint64 maxFileBytes = 4'194'304;

Error wrong(const std::string& path, const std::string& why)
{
    return {ErrorKind::InvalidInput, "the matrix " + visible(path) + ": " + visible(why)};
}

bool write(const std::string& path, const std::string& text)
{
    if (path.empty())
        return true;
    QSaveFile file{QString::fromStdString(path)};
    file.setDirectWriteFallback(true); // For what is no file, such as /dev/stdout.
    if (file.open(QIODevice::WriteOnly) && file.write(text.data(), static_cast<qint64>(text.size())) >= 0 &&
        file.commit())
        return true;
    say("could not write " + visible(path) + ": " + file.errorString().toStdString());
    return false;
}

std::string expectedWords(remote::Expectation expectation)
{
    return expectation == remote::Expectation::None ? "nothing" : std::string{toText(expectation)};
}

} // namespace

Result<remote::PermissionMatrix> readMatrixFile(const std::string& path)
{
    QFile file{QString::fromStdString(path)};
    if (!file.open(QIODevice::ReadOnly))
        return wrong(path, file.errorString().toStdString());
    const QByteArray text = file.read(maxFileBytes + 1);
    if (text.size() > maxFileBytes)
        return wrong(path, "it is larger than 4 MiB");
    auto matrix = remote::readMatrix(text.toStdString());
    if (!matrix)
        return wrong(path, matrix.error().detail);
    const auto variable = [](const std::string& name) -> std::optional<std::string> {
        const char* const value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>{value};
    };
    auto filled = withVariables(std::move(*matrix), variable);
    return filled ? filled : wrong(path, filled.error().detail + "; a header or cookie of a persona stands there");
}

hub::AppConfig appFor(const AuthorizeKeys& keys)
{
    hub::AppConfig app;
    if (!keys.signer)
        return app;
    app.key = keys.signer->key();
    app.secret = keys.secret;
    if (keys.masterKey)
        app.encryptionMasterKey.assign(keys.masterKey->bytes.begin(), keys.masterKey->bytes.end());
    return app;
}

MatrixTrial::MatrixTrial(const remote::PermissionMatrix& matrix, const MatrixSetup& setup,
                         std::function<void(int)> finish)
    : m_matrix{matrix}
    , m_setup{setup}
    , m_finish{std::move(finish)}
{
    const auto builtIn =
        std::make_shared<const remote::BuiltinEndpoint>(setup.authorization, setup.apps, matrix.personas);
    if (matrix.url.empty() && builtIn->isForwarded())
        say("authorize.forward_url is set: the server asks that application and not these rules; try it with --url");
    connect(&m_run, &remote::MatrixRun::cellDone, this,
            [this](remote::MatrixCell cell, const remote::MatrixResult& result) { m_results[cell] = result; });
    connect(&m_run, &remote::MatrixRun::finished, this, &MatrixTrial::finish);
    m_run.start(matrix, matrix.cells(), {.builtIn = builtIn, .apps = setup.known, .trusted = setup.trusted});
}

void MatrixTrial::finish()
{
    const std::size_t different = countDifferent(m_matrix, m_results);
    if (m_setup.isJson)
        printJson(different);
    else
        printWords(different);
    const bool isWritten = write(m_setup.files.junit, junitReport(m_matrix, m_results)) &&
                           write(m_setup.files.csv, csvReport(m_matrix, m_results));
    m_finish(different == 0 && isWritten ? exitDone : exitFailed);
}

void MatrixTrial::printWords(std::size_t different) const
{
    for (const auto& [cell, result] : m_results) {
        const remote::Expectation expectation = m_matrix.expected(cell);
        if (!isAsExpected(expectation, result.outcome))
            printLine("different: " + visible(m_matrix.personas[cell.persona].id) + ", " +
                      visible(m_matrix.channels[cell.channel]) + ": expected " + expectedWords(expectation) + ", got " +
                      std::string{wordFor(result.outcome)} + ": " + visible(result.explanation));
    }
    printLine(std::to_string(m_results.size()) + " asked, " + std::to_string(m_matrix.expectations.size()) +
              " expected, " + std::to_string(different) + " different");
}

void MatrixTrial::printJson(std::size_t different) const
{
    std::string cells;
    for (const auto& [cell, result] : m_results) {
        const remote::Expectation expectation = m_matrix.expected(cell);
        cells += (cells.empty() ? "" : ",") + std::string{"{\"persona\":"} +
                 json::toString(m_matrix.personas[cell.persona].id) +
                 ",\"channel\":" + json::toString(m_matrix.channels[cell.channel]) + ",\"expected\":" +
                 (expectation == remote::Expectation::None ? "null" : "\"" + std::string{toText(expectation)} + "\"") +
                 ",\"result\":\"" + std::string{wordFor(result.outcome)} +
                 "\",\"as_expected\":" + (isAsExpected(expectation, result.outcome) ? "true" : "false") +
                 ",\"explanation\":" + json::toString(result.explanation) + "}";
    }
    printLine("{\"endpoint\":" + json::toString(m_matrix.endpointName()) +
              ",\"asked\":" + std::to_string(m_results.size()) + ",\"different\":" + std::to_string(different) +
              ",\"cells\":[" + cells + "]}");
}

} // namespace castdeck::cli
