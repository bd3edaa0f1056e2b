#include "core/remote/secret_vault.h"

#include "core/base/crypto.h"

#include <memory>
#include <utility>

namespace castdeck::remote {

namespace {

constexpr const char* checkId = "castdeck-check";

} // namespace

SecretVault::SecretVault(Options options, QObject* parent)
    : QObject{parent}
    , m_wallet{std::move(options.wallet)}
    , m_file{options.file.empty() ? nullptr : std::make_unique<SecretFile>(std::move(options.file))}
    , m_place{options.chosen}
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(options.patience);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { walletAnswered(Error{ErrorKind::Timeout, "the wallet does not answer"}); });
}

void SecretVault::start()
{
    switch (m_place) {
    case SecretPlace::Session: return setState(State::Ready);
    case SecretPlace::File: return setState(m_file && m_file->isOpen() ? State::Ready : State::Locked);
    case SecretPlace::Undecided:
    case SecretPlace::Wallet: return checkWallet();
    }
}

void SecretVault::checkWallet()
{
    setState(State::Checking);
    if (!m_wallet)
        return walletAnswered(Error{ErrorKind::Unavailable, "this desktop has no wallet"});
    m_patience.start();
    const unsigned check = ++m_check;
    writeChecked(*m_wallet, checkId, randomHex(8), [this, check](const Result<void>& outcome) {
        if (check != m_check)
            return;
        m_wallet->remove(checkId, [](const Result<void>&) {});
        walletAnswered(outcome);
    });
}

void SecretVault::walletAnswered(const Result<void>& outcome)
{
    m_patience.stop();
    ++m_check;
    m_problem = outcome ? std::string{} : outcome.error().detail;
    if (outcome)
        settle(SecretPlace::Wallet);
    else
        setState(m_place == SecretPlace::Wallet ? State::Lost : State::Asking);
}

void SecretVault::settle(SecretPlace place)
{
    const bool isNews = std::exchange(m_place, place) != place;
    setState(State::Ready);
    moveSession();
    if (isNews)
        Q_EMIT placeChosen(place);
}

void SecretVault::chooseAgain(const std::vector<std::string>& ids)
{
    if (m_state != State::Ready)
        return;
    const auto waiting = std::make_shared<std::size_t>(ids.size() + 1);
    const auto answered = [this, waiting] {
        if (--*waiting == 0)
            ask();
    };
    for (const std::string& id : ids) {
        read(id, [this, id, answered](const Result<std::string>& found) {
            if (found)
                m_session.write(id, *found, [](const Result<void>&) {});
            answered();
        });
    }
    answered();
}

void SecretVault::ask()
{
    m_oldPlace = std::exchange(m_place, SecretPlace::Undecided);
    m_problem.clear();
    setState(State::Asking);
}

/// A secret is in one place only.
void SecretVault::leaveOldPlace(const std::string& id)
{
    const bool hasOld = m_oldPlace == SecretPlace::Wallet || m_oldPlace == SecretPlace::File;
    if (hasOld && m_oldPlace != m_place)
        storeOf(m_oldPlace).remove(id, [](const Result<void>&) {});
}

void SecretVault::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

void SecretVault::moveSession()
{
    const auto waiting = m_session.all();
    for (const auto& [id, secret] : waiting) {
        if (m_place == SecretPlace::Session) {
            leaveOldPlace(id);
            continue;
        }
        writeChecked(store(), id, secret, [this, id = id](const Result<void>& outcome) {
            if (!outcome)
                return;
            m_session.remove(id, [](const Result<void>&) {});
            leaveOldPlace(id);
        });
    }
}

void SecretVault::useSession()
{
    ++m_check;
    m_patience.stop();
    settle(SecretPlace::Session);
}

void SecretVault::useFile(const std::string& passphrase, SecretStore::Done done)
{
    if (!m_file)
        return done(Error{ErrorKind::Unavailable, "there is no folder for a file of secrets"});
    m_file->open(passphrase, [this, done = std::move(done)](const Result<void>& outcome) {
        if (outcome)
            settle(SecretPlace::File);
        done(outcome);
    });
}

SecretStore& SecretVault::store()
{
    return m_state == State::Ready ? storeOf(m_place) : m_session;
}

SecretStore& SecretVault::storeOf(SecretPlace place)
{
    switch (place) {
    case SecretPlace::Wallet: return *m_wallet;
    case SecretPlace::File: return *m_file;
    case SecretPlace::Undecided:
    case SecretPlace::Session: break;
    }
    return m_session;
}

void SecretVault::read(const std::string& id, SecretStore::Found done)
{
    // What could not move to the place yet is still there.
    if (m_session.all().contains(id))
        return m_session.read(id, std::move(done));
    if (m_state == State::Locked)
        return done(Error{ErrorKind::Unauthorized, "the file of secrets is locked"});
    store().read(id, std::move(done));
}

void SecretVault::write(const std::string& id, const std::string& secret, SecretStore::Done done)
{
    if (&store() != &m_session)
        m_session.remove(id, [](const Result<void>&) {});
    writeChecked(store(), id, secret, std::move(done));
}

void SecretVault::remove(const std::string& id, SecretStore::Done done)
{
    m_session.remove(id, [](const Result<void>&) {});
    leaveOldPlace(id);
    store().remove(id, std::move(done));
}

void SecretVault::writeChecked(SecretStore& store, const std::string& id, const std::string& secret,
                               SecretStore::Done done)
{
    store.write(id, secret, [&store, id, secret, done = std::move(done)](const Result<void>& written) {
        if (!written)
            return done(written);
        store.read(id, [secret, done](const Result<std::string>& found) {
            if (!found)
                return done(found.error());
            if (!equalsInConstantTime(*found, secret))
                return done(Error{ErrorKind::Io, "the secret was not kept as it was written"});
            done({});
        });
    });
}

} // namespace castdeck::remote
