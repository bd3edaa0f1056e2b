#include "core/remote/secret_file.h"

#include "core/base/crypto.h"
#include "core/store/private_file.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <sodium.h>

namespace castdeck::remote {

namespace {

constexpr int version = 1;
constexpr std::size_t maxFileBytes = 4'194'304;
constexpr std::size_t maxMemoryBytes = 1'073'741'824;
constexpr std::uint64_t maxOperations = 20;

template <std::size_t Size>
bool readBytes(const QJsonObject& object, const char* name, std::array<unsigned char, Size>& out)
{
    const QByteArray bytes = QByteArray::fromBase64(object.value(QLatin1String{name}).toString().toLatin1());
    if (bytes.size() != static_cast<qsizetype>(Size))
        return false;
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return true;
}

template <class Bytes> QString base64(const Bytes& bytes)
{
    return QString::fromLatin1(
        QByteArray{reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())}.toBase64());
}

Error damaged()
{
    return {ErrorKind::InvalidInput, "the file of secrets is damaged or of a later version"};
}

} // namespace

SecretFile::SecretFile(std::filesystem::path path, Cost cost) : m_path{std::move(path)}, m_cost{cost} {}

SecretFile::~SecretFile()
{
    if (m_work)
        m_work->wait();
    sodium_memzero(m_key.data(), m_key.size());
}

bool SecretFile::exists() const
{
    std::error_code ignored;
    return std::filesystem::exists(m_path, ignored);
}

Result<SecretFile::Content> SecretFile::parse(const std::string& text)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
    Content content;
    content.cost.operations = static_cast<std::uint64_t>(object.value(QLatin1String{"operations"}).toInteger());
    content.cost.memoryBytes = static_cast<std::size_t>(object.value(QLatin1String{"memory"}).toInteger());
    content.box = QByteArray::fromBase64(object.value(QLatin1String{"box"}).toString().toLatin1()).toStdString();
    // A file that somebody prepared must not make the program ask for all memory there is.
    const bool isSane =
        content.cost.operations >= crypto_pwhash_OPSLIMIT_MIN && content.cost.operations <= maxOperations &&
        content.cost.memoryBytes >= crypto_pwhash_MEMLIMIT_MIN && content.cost.memoryBytes <= maxMemoryBytes;
    if (object.value(QLatin1String{"version"}).toInt() != version || !isSane ||
        content.box.size() < crypto_secretbox_MACBYTES || !readBytes(object, "salt", content.salt) ||
        !readBytes(object, "nonce", content.nonce))
        return damaged();
    return content;
}

Result<SecretFile::Content> SecretFile::load() const
{
    const auto text = store::readPrivateFile(m_path, maxFileBytes);
    if (!text)
        return text.error();
    return parse(text->text);
}

void SecretFile::open(const std::string& passphrase, Done done)
{
    static_assert(keyBytes == crypto_secretbox_KEYBYTES && saltBytes == crypto_pwhash_SALTBYTES &&
                  nonceBytes == crypto_secretbox_NONCEBYTES);
    if (m_work && m_work->isRunning())
        return done(Error{ErrorKind::LimitReached, "a passphrase is being tried already"});
    if (sodium_init() < 0)
        return done(Error{ErrorKind::Io, "the encryption library cannot be used"});
    Content content{.cost = m_cost, .salt = {}, .nonce = {}, .box = {}};
    const bool isThere = exists();
    if (isThere) {
        auto loaded = load();
        if (!loaded)
            return done(loaded.error());
        content = *std::move(loaded);
    } else {
        fillRandom(content.salt);
    }
    if (m_work)
        m_work->wait();
    m_work.reset(QThread::create([this, passphrase, content, isThere, done = std::move(done)] {
        Key key{};
        const bool isMade =
            crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), content.salt.data(),
                          content.cost.operations, content.cost.memoryBytes, crypto_pwhash_ALG_ARGON2ID13) == 0;
        // Delivered in the thread of this object; dropped when it is gone.
        QMetaObject::invokeMethod(
            this,
            [this, key, isMade, content, isThere, done] {
                if (!isMade)
                    return done(
                        Error{ErrorKind::LimitReached, "there is not enough memory to open the file of secrets"});
                m_key = key;
                derived(content, isThere, done);
            },
            Qt::QueuedConnection);
    }));
    m_work->start();
}

void SecretFile::derived(const Content& content, bool isThere, const Done& done)
{
    m_cost = content.cost;
    m_salt = content.salt;
    const Result<void> outcome = isThere ? decrypt(content) : save();
    m_isOpen = outcome.has_value();
    done(outcome);
}

Result<void> SecretFile::decrypt(const Content& content)
{
    std::string plain(content.box.size() - crypto_secretbox_MACBYTES, '\0');
    if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(plain.data()),
                                   reinterpret_cast<const unsigned char*>(content.box.data()), content.box.size(),
                                   content.nonce.data(), m_key.data()) != 0)
        return Error{ErrorKind::Unauthorized, "this is not the passphrase of the file"};
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(plain));
    sodium_memzero(plain.data(), plain.size());
    if (!document.isObject())
        return damaged();
    m_secrets.clear();
    const QJsonObject object = document.object();
    for (auto it = object.begin(); it != object.end(); ++it)
        m_secrets[it.key().toStdString()] = it.value().toString().toStdString();
    return {};
}

Result<void> SecretFile::save()
{
    QJsonObject secrets;
    for (const auto& [id, secret] : m_secrets)
        secrets.insert(QString::fromStdString(id), QString::fromStdString(secret));
    std::string plain = QJsonDocument{secrets}.toJson(QJsonDocument::Compact).toStdString();
    std::array<unsigned char, nonceBytes> nonce{};
    fillRandom(nonce);
    std::string box(plain.size() + crypto_secretbox_MACBYTES, '\0');
    crypto_secretbox_easy(reinterpret_cast<unsigned char*>(box.data()),
                          reinterpret_cast<const unsigned char*>(plain.data()), plain.size(), nonce.data(),
                          m_key.data());
    sodium_memzero(plain.data(), plain.size());
    const QJsonObject file{{QStringLiteral("version"), version},
                           {QStringLiteral("operations"), static_cast<qint64>(m_cost.operations)},
                           {QStringLiteral("memory"), static_cast<qint64>(m_cost.memoryBytes)},
                           {QStringLiteral("salt"), base64(m_salt)},
                           {QStringLiteral("nonce"), base64(nonce)},
                           {QStringLiteral("box"), base64(box)}};
    return store::replacePrivateFile(m_path, QJsonDocument{file}.toJson().toStdString());
}

void SecretFile::read(const std::string& id, Found done)
{
    if (!m_isOpen)
        return done(Error{ErrorKind::Unauthorized, "the file of secrets is locked"});
    const auto found = m_secrets.find(id);
    if (found == m_secrets.end())
        return done(Error{ErrorKind::NotFound, "no secret is known for this profile"});
    done(std::string{found->second});
}

void SecretFile::write(const std::string& id, const std::string& secret, Done done)
{
    if (!m_isOpen)
        return done(Error{ErrorKind::Unauthorized, "the file of secrets is locked"});
    m_secrets[id] = secret;
    done(save());
}

void SecretFile::remove(const std::string& id, Done done)
{
    if (!m_isOpen)
        return done(Error{ErrorKind::Unauthorized, "the file of secrets is locked"});
    if (m_secrets.erase(id) == 0)
        return done({});
    done(save());
}

} // namespace castdeck::remote
