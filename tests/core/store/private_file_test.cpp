#include "core/store/private_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <random>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace castdeck;
using namespace castdeck::store;

namespace {

constexpr std::size_t maxBytes = 1'024 * 1'024;

mode_t modeOf(const std::filesystem::path& path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

std::string contentOf(const std::filesystem::path& path)
{
    QFile file{QString::fromStdString(path.string())};
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "(unreadable)";
}

void writePlain(const std::filesystem::path& path, const QByteArray& content, mode_t mode)
{
    QFile file{QString::fromStdString(path.string())};
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    QCOMPARE(::chmod(path.c_str(), mode), 0);
}

} // namespace

class PrivateFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aSavedFileIsReadableByItsOwnerOnly();
    void aFolderThatIsCreatedIsOpenToItsOwnerOnly();
    void C3_aFileThatOthersCanReadIsClosedToThem();
    void C3_isRefusedWhenTheModeCannotBeChanged();
    void C7_aFileAboveTheLimitIsNotRead();
    void C8_aFullDiskLeavesTheOldFileWhole();
    void C8_aReadOnlyFolderLeavesTheOldFileWhole();
    void C9_killNineDuringSavesLeavesOneOfTheVersions();
    void aSymbolicLinkStaysALink();
    void aMissingFileIsNotFound();
    void aPipeIsRefusedAtOnce();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_path;
};

void PrivateFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_path = m_folder->path().toStdString() + "/broadcasting.json";
}

void PrivateFileTest::aSavedFileIsReadableByItsOwnerOnly()
{
    const mode_t before = ::umask(0);
    const auto saved = replacePrivateFile(m_path, "content");
    ::umask(before);
    QVERIFY(saved.has_value());
    QCOMPARE(modeOf(m_path), mode_t{0600});
    QCOMPARE(contentOf(m_path), "content");
    QCOMPARE(std::distance(std::filesystem::directory_iterator{m_path.parent_path()}, {}), 1);
}

void PrivateFileTest::aFolderThatIsCreatedIsOpenToItsOwnerOnly()
{
    const std::filesystem::path folder = m_path.parent_path() / "a" / "b";
    QVERIFY(createPrivateFolder(folder).has_value());
    QCOMPARE(modeOf(folder), mode_t{0700});
    QCOMPARE(modeOf(folder.parent_path()), mode_t{0700});
    QVERIFY(createPrivateFolder(folder).has_value());
}

void PrivateFileTest::C3_aFileThatOthersCanReadIsClosedToThem()
{
    writePlain(m_path, "content", 0644);
    const auto read = readPrivateFile(m_path, maxBytes);
    QVERIFY(read.has_value());
    QVERIFY(read->wasOpenToOthers);
    QCOMPARE(read->text, "content");
    QCOMPARE(modeOf(m_path), mode_t{0600});
    QVERIFY(!readPrivateFile(m_path, maxBytes)->wasOpenToOthers);
}

void PrivateFileTest::C3_isRefusedWhenTheModeCannotBeChanged()
{
    if (::geteuid() != 0)
        QSKIP("needs two users; runs as root only");
    writePlain(m_path, "the-secret", 0644);
    QCOMPARE(::chmod(m_path.parent_path().c_str(), 0755), 0);
    QCOMPARE(::seteuid(65'534), 0);
    const auto read = readPrivateFile(m_path, maxBytes);
    QCOMPARE(::seteuid(0), 0);
    QVERIFY(!read.has_value());
    QVERIFY(read.error().kind == ErrorKind::Forbidden);
    QVERIFY(read.error().detail.find("the-secret") == std::string::npos);
}

void PrivateFileTest::C7_aFileAboveTheLimitIsNotRead()
{
    QFile file{QString::fromStdString(m_path.string())};
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(50LL * 1'024 * 1'024));
    file.close();
    const auto start = std::chrono::steady_clock::now();
    const auto read = readPrivateFile(m_path, 5 * 1'024 * 1'024);
    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::milliseconds{100});
    QVERIFY(!read.has_value());
    QVERIFY(read.error().kind == ErrorKind::TooLarge);
}

void PrivateFileTest::C8_aFullDiskLeavesTheOldFileWhole()
{
    QVERIFY(replacePrivateFile(m_path, "old").has_value());
    // A limit on the size of files stops write() in the middle, as a full disk does.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit tight{.rlim_cur = 4'096, .rlim_max = before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    const auto saved = replacePrivateFile(m_path, std::string(100'000, 'x'));
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(!saved.has_value());
    QVERIFY(saved.error().detail.find(m_path.string()) != std::string::npos);
    QCOMPARE(contentOf(m_path), "old");
    QCOMPARE(std::distance(std::filesystem::directory_iterator{m_path.parent_path()}, {}), 1);
}

void PrivateFileTest::C8_aReadOnlyFolderLeavesTheOldFileWhole()
{
    QVERIFY(replacePrivateFile(m_path, "old").has_value());
    const bool isRoot = ::geteuid() == 0;
    QCOMPARE(::chmod(m_path.parent_path().c_str(), 0555), 0);
    if (isRoot)
        QCOMPARE(::seteuid(65'534), 0); // Root may write anywhere.
    const auto saved = replacePrivateFile(m_path, "new");
    if (isRoot)
        QCOMPARE(::seteuid(0), 0);
    QCOMPARE(::chmod(m_path.parent_path().c_str(), 0755), 0);
    QVERIFY(!saved.has_value());
    QCOMPARE(contentOf(m_path), "old");
}

void PrivateFileTest::C9_killNineDuringSavesLeavesOneOfTheVersions()
{
    const std::array<std::string, 2> versions{std::string(20'000, 'a'), std::string(300'000, 'b')};
    QVERIFY(replacePrivateFile(m_path, versions[0]).has_value());
    std::minstd_rand random{1};
    for (int round = 0; round < 40; ++round) {
        std::array<int, 2> pipe{};
        QCOMPARE(::pipe(pipe.data()), 0);
        const pid_t saver = ::fork();
        QVERIFY(saver >= 0);
        if (saver == 0) {
            for (std::size_t i = 0;; ++i) {
                if (::write(pipe[1], "s", 1) != 1 || !replacePrivateFile(m_path, versions[i % 2]))
                    ::_exit(1);
            }
        }
        ::close(pipe[1]);
        // The saver says when a save begins; the kill falls somewhere into one of the first few.
        std::array<char, 8> ticks{};
        const std::size_t wanted = 1 + random() % ticks.size();
        for (std::size_t got = 0; got < wanted; ++got)
            QCOMPARE(::read(pipe[0], ticks.data(), 1), ssize_t{1});
        QCOMPARE(::kill(saver, SIGKILL), 0);
        int status = 0;
        QCOMPARE(::waitpid(saver, &status, 0), saver);
        QVERIFY(WIFSIGNALED(status));
        ::close(pipe[0]);
        const std::string content = contentOf(m_path);
        QVERIFY2(content == versions[0] || content == versions[1], "the file is a mix");
    }
    // What killed savers left behind is gone after the next save.
    QVERIFY(replacePrivateFile(m_path, "last").has_value());
    QCOMPARE(std::distance(std::filesystem::directory_iterator{m_path.parent_path()}, {}), 1);
}

void PrivateFileTest::aSymbolicLinkStaysALink()
{
    const std::filesystem::path target = m_path.parent_path() / "target.json";
    QVERIFY(replacePrivateFile(target, "old").has_value());
    std::filesystem::create_symlink(target, m_path);
    QVERIFY(replacePrivateFile(m_path, "new").has_value());
    QVERIFY(std::filesystem::is_symlink(m_path));
    QCOMPARE(contentOf(target), "new");
}

void PrivateFileTest::aMissingFileIsNotFound()
{
    const auto read = readPrivateFile(m_path, maxBytes);
    QVERIFY(!read.has_value());
    QVERIFY(read.error().kind == ErrorKind::NotFound);
}

void PrivateFileTest::aPipeIsRefusedAtOnce()
{
    QCOMPARE(::mkfifo(m_path.c_str(), 0600), 0);
    const auto read = readPrivateFile(m_path, maxBytes);
    QVERIFY(!read.has_value());
    QVERIFY(read.error().kind == ErrorKind::Io);
}

QTEST_APPLESS_MAIN(PrivateFileTest)
#include "private_file_test.moc"
