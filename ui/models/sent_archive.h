#pragma once

#include "ui/models/sent_message.h"

#include <QtCore/QString>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace castdeck::ui {

/// What one profile sent, on disk.
///
/// Thread: GUI. Answers come later and on the GUI thread.
class SentArchive {
public:
    struct Outcome {
        SentMessage::State state = SentMessage::State::Waiting;
        std::optional<std::size_t> receivers{};
        QString report; ///< One line for people.
    };
    struct Question {
        QString words;                        ///< Each must begin a word of event, channels or payload. Empty: any.
        std::optional<std::int64_t> before{}; ///< Only older ones than this archiveId.
        std::size_t limit = 100;
    };
    struct Page {
        std::vector<SentMessage> messages; ///< Newest first.
        bool isEnd = true;                 ///< There are no older ones.
    };

    virtual ~SentArchive() = default;

    /// Returns the archiveId of the message.
    virtual std::int64_t add(const SentMessage& message) = 0;
    /// `kept` comes when message and outcome would survive the end of the program, or with the reason why they would
    /// not, in a sentence that is empty otherwise.
    virtual void settle(std::int64_t archiveId, const Outcome& outcome, std::function<void(const QString&)> kept) = 0;
    /// A later question takes the place of an earlier one, which is then not answered.
    virtual void find(const Question& question, std::function<void(Page)> answer) = 0;
};

} // namespace castdeck::ui
