#pragma once

#include "core/remote/secret_store.h"

#include <QObject>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

class QThread;

namespace castdeck::remote {

/// Secrets in a file that a passphrase opens: Argon2id makes the key, XSalsa20-Poly1305 encrypts all of them together.
/// Source: libsodium docs, "Password hashing" and "Authenticated encryption".
///
/// Every change writes the file anew. The key stays in memory until the store is gone; the passphrase does not.
class SecretFile : public QObject, public SecretStore {
    Q_OBJECT
public:
    /// What trying one passphrase costs.
    struct Cost {
        std::uint64_t operations = 3;
        std::size_t memoryBytes = 67'108'864;
    };

    explicit SecretFile(std::filesystem::path path) : SecretFile{std::move(path), Cost{}} {}
    SecretFile(std::filesystem::path path, Cost cost);
    ~SecretFile() override;

    bool exists() const;
    bool isOpen() const noexcept { return m_isOpen; }
    /// Opens the file, or makes an empty one. Takes a part of a second, on a thread of its own. Fails with Unauthorized
    /// for a wrong passphrase, InvalidInput for a damaged file or one of a later version, and Io.
    void open(const std::string& passphrase, Done done);

    void read(const std::string& id, Found done) override;
    void write(const std::string& id, const std::string& secret, Done done) override;
    void remove(const std::string& id, Done done) override;

private:
    static constexpr std::size_t keyBytes = 32;
    static constexpr std::size_t saltBytes = 16;
    static constexpr std::size_t nonceBytes = 24;

    /// The file without its encryption.
    struct Content {
        Cost cost;
        std::array<unsigned char, saltBytes> salt{};
        std::array<unsigned char, nonceBytes> nonce{};
        std::string box;
    };
    using Key = std::array<unsigned char, keyBytes>;

    static Result<Content> parse(const std::string& text);
    Result<Content> load() const;
    void derived(const Content& content, bool isThere, const Done& done);
    Result<void> decrypt(const Content& content);
    Result<void> save();

    const std::filesystem::path m_path;
    Cost m_cost;
    std::array<unsigned char, saltBytes> m_salt{};
    Key m_key{};
    bool m_isOpen = false;
    std::map<std::string, std::string> m_secrets;
    std::unique_ptr<QThread> m_work;
};

} // namespace castdeck::remote
