#pragma once

#include "ui/models/log_archive.h"
#include "ui/models/log_model.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace castdeck::ui {

/// The line above the log that tells of rows on disk, and fetches them: a thousand more whenever somebody looks above
/// the first row, or all that have the words somebody looks for.
class OlderRows : public QWidget {
    Q_OBJECT

public:
    explicit OlderRows(LogModel& model, QWidget* parent = nullptr);

    void setArchive(LogArchive* archive);
    void setWords(const QString& line); ///< Of the filter line; only what stands there as plain words is asked for.
    void load();
    void search();
    void letGo(); ///< What was fetched leaves the model.

private:
    void ask(const QString& words);
    void take(LogArchive::Page page);
    void showState(const QString& text, bool offersMore);

    LogModel& m_model;
    LogArchive* m_archive = nullptr;
    QLabel* m_state;
    QPushButton* m_more;
    QString m_words; ///< As the filter line has them.
    QString m_asked; ///< What the rows that were fetched are about.
    std::optional<std::int64_t> m_firstId;
    bool m_isEnd = false;
    std::uint64_t m_question = 0; ///< Answers to earlier ones are not taken.
    bool m_isAsking = false;
    std::size_t m_fetched = 0;
};

} // namespace castdeck::ui
