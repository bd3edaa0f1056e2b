#pragma once

#include "app/cli/authorize_trial.h"
#include "core/remote/matrix_run.h"

#include <functional>
#include <string>
#include <vector>

namespace castdeck::cli {

/// Where a matrix is and where its results go; empty for nowhere.
struct MatrixFiles {
    std::string file;
    std::string junit;
    std::string csv;
};

struct MatrixSetup {
    std::vector<hub::AppConfig> apps;
    std::vector<remote::KnownApp> known; ///< As for remote::judge().
    const auth::AuthorizationConfig& authorization;
    QList<QSslCertificate> trusted;
    MatrixFiles files;
    bool isJson = false;
};

/// Reads the file and fills in the variables of the environment. An error's detail names the file.
Result<remote::PermissionMatrix> readMatrixFile(const std::string& path);

/// What answers of the built-in endpoint are made with; without a secret nothing is signed.
hub::AppConfig appFor(const AuthorizeKeys& keys);

/// Asks for every cell of a matrix, prints what is not as expected, and writes the reports. `finish` gets the exit
/// code.
///
/// Thread: the one with the event loop.
class MatrixTrial : public QObject {
    Q_OBJECT
public:
    MatrixTrial(const remote::PermissionMatrix& matrix, const MatrixSetup& setup, std::function<void(int)> finish);

private:
    void finish();
    void printWords(std::size_t different) const;
    void printJson(std::size_t different) const;

    const remote::PermissionMatrix& m_matrix;
    const MatrixSetup& m_setup;
    std::function<void(int)> m_finish;
    remote::MatrixResults m_results;
    remote::MatrixRun m_run;
};

} // namespace castdeck::cli
