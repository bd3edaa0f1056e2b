#pragma once

#include "core/remote/secret_file.h"
#include "core/remote/secret_store.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace castdeck::remote {

/// Where secrets are kept between runs.
enum class SecretPlace {
    Undecided,
    Wallet,  ///< Of the desktop.
    File,    ///< Encrypted with a passphrase.
    Session, ///< Nowhere.
};

/// Keeps the secrets of profiles in one place, which is chosen once and stays: a secret is never looked for elsewhere
/// because a wallet happens to be silent. What is written is read back before it counts as kept.
///
/// Until the place is known, and while it cannot be used, secrets are held for this run only; they move to the place
/// when it can be.
///
/// Thread: the one it lives in, which needs an event loop.
class SecretVault : public QObject {
    Q_OBJECT
public:
    enum class State {
        Checking, ///< Whether the wallet works.
        Asking,   ///< It does not; somebody has to choose.
        Locked,   ///< The file waits for its passphrase.
        Lost,     ///< The wallet was chosen, and does not work in this run.
        Ready,
    };
    Q_ENUM(State)

    struct Options {
        std::unique_ptr<SecretStore> wallet; ///< Null: there is none.
        std::filesystem::path file;          ///< Empty: none is offered.
        SecretPlace chosen = SecretPlace::Undecided;
        std::chrono::milliseconds patience{8'000}; ///< For the wallet to answer at the start.
    };

    explicit SecretVault(Options options, QObject* parent = nullptr);

    /// Asks once whether the wallet works, where that matters.
    void start();
    void tryAgain() { start(); }

    State state() const noexcept { return m_state; }
    SecretPlace place() const noexcept { return m_place; }
    bool offersFile() const noexcept { return m_file != nullptr; }
    bool hasFile() const { return m_file && m_file->exists(); }
    const std::string& problem() const noexcept { return m_problem; } ///< Why the wallet does not work, for people.

    /// Asks once more; for a vault that is Ready. The secrets of `ids` are held for this run meanwhile, and leave the
    /// old place when they are in the new one.
    void chooseAgain(const std::vector<std::string>& ids);

    void useSession();
    /// Makes the file, or opens it. See SecretFile::open() for its errors.
    void useFile(const std::string& passphrase, SecretStore::Done done);

    void read(const std::string& id, SecretStore::Found done);
    /// Fails with Io when what is read back is not what was written.
    void write(const std::string& id, const std::string& secret, SecretStore::Done done);
    void remove(const std::string& id, SecretStore::Done done = [](const Result<void>&) {});

Q_SIGNALS:
    void stateChanged();
    /// To be remembered for later runs.
    void placeChosen(castdeck::remote::SecretPlace place);

private:
    void setState(State state);
    void settle(SecretPlace place);
    void checkWallet();
    void walletAnswered(const Result<void>& outcome);
    void moveSession();
    void ask();
    void leaveOldPlace(const std::string& id);
    SecretStore& store();
    SecretStore& storeOf(SecretPlace place);
    static void writeChecked(SecretStore& store, const std::string& id, const std::string& secret,
                             SecretStore::Done done);

    const std::unique_ptr<SecretStore> m_wallet;
    const std::unique_ptr<SecretFile> m_file;
    SessionSecrets m_session;
    SecretPlace m_place;
    State m_state = State::Checking;
    std::string m_problem;
    SecretPlace m_oldPlace = SecretPlace::Undecided; ///< Which is left, while somebody chooses again.
    QTimer m_patience;
    unsigned m_check = 0; ///< Answers to an earlier question count no more.
};

} // namespace castdeck::remote
