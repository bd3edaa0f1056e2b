#include "app/castdeck/usable_configuration.h"

#include "app/castdeck/configuration.h"
#include "ui/pages/config_problem.h"

#include <QtCore/QTextStream>
#include <QtWidgets/QApplication>

namespace castdeck::app {

namespace {

enum class Answer { TryAgain, Restore, Close };

Answer askPeople(const std::filesystem::path& path, const QStringList& mistakes)
{
    const bool hasGoodCopy = std::filesystem::exists(store::ConfigFile::goodCopyPath(path));
    ui::ConfigProblem window{QString::fromStdString(path.string()), mistakes,
                             hasGoodCopy ? ui::ConfigProblem::GoodCopy::OnOffer : ui::ConfigProblem::GoodCopy::None};
    Answer answer = Answer::Close;
    const auto take = [&answer](Answer given) {
        return [&answer, given] {
            answer = given;
            QApplication::quit();
        };
    };
    QObject::connect(&window, &ui::ConfigProblem::retryRequested, take(Answer::TryAgain));
    QObject::connect(&window, &ui::ConfigProblem::restoreRequested, take(Answer::Restore));
    window.show();
    QApplication::exec();
    return answer;
}

} // namespace

std::optional<engine::Configuration> usableConfiguration(const std::filesystem::path& path)
{
    QStringList mistakes;
    for (;;) {
        Result<engine::Configuration> file = loadOrCreate(path);
        mistakes << (file ? sentencesOf(*file, store::Severity::Error)
                          : QStringList{QString::fromStdString(file.error().detail)});
        if (mistakes.isEmpty())
            return *std::move(file);
        for (const QString& mistake : mistakes) // For who started the program from a terminal.
            QTextStream{stderr} << "castdeck: " << mistake << "\n";
        const Answer answer = askPeople(path, mistakes);
        if (answer == Answer::Close)
            return std::nullopt;
        mistakes.clear();
        if (answer != Answer::Restore)
            continue;
        if (auto restored = restoreGoodCopy(path); !restored)
            mistakes << QString::fromStdString(restored.error().detail);
    }
}

} // namespace castdeck::app
