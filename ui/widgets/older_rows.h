#pragma once

#include "ui/models/log_archive.h"
#include "ui/models/log_model.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace castdeck::ui {

/// The line above the log that tells of rows on disk, and fetches those that the view's filter lets through: a thousand
/// more whenever somebody looks above the first row or asks for them.
class OlderRows : public QWidget {
    Q_OBJECT

public:
    explicit OlderRows(LogModel& model, QWidget* parent = nullptr);

    void setArchive(LogArchive* archive);
    void load();   ///< Unless there are none left.
    void search(); ///< From the newest again.
    void letGo();  ///< What was fetched leaves the model.

private:
    void ask();
    void take(LogArchive::Page page);
    void showState(const QString& text, bool offersMore);

    LogModel& m_model;
    LogArchive* m_archive = nullptr;
    QLabel* m_state;
    QPushButton* m_more;
    std::optional<std::int64_t> m_firstId;
    bool m_isEnd = false;
    std::uint64_t m_question = 0; ///< Answers to earlier ones are not taken.
    bool m_isAsking = false;
    std::size_t m_fetched = 0;
};

} // namespace castdeck::ui
