#pragma once

#include "ui/text/draft.h"

#include <QtWidgets/QFrame>

#include <optional>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace castdeck::ui {

/// The second look at a message, as production wants it: whom it reaches, what is sent to the byte, and a field that
/// wants the name of the first channel. Each question is answered once.
class ConfirmSheet : public QFrame {
    Q_OBJECT

public:
    struct Channel {
        std::string name;
        std::optional<std::size_t> subscribers; ///< Where they are known.
    };
    struct Question {
        QString serverName;
        bool isProduction = true;
        std::vector<Channel> channels; ///< At least one.
        QString event;
        std::string payload; ///< As it is sent.
        QString note{};      ///< What else should be known: a batch, a socket that is left out.
    };

    explicit ConfirmSheet(QWidget* parent = nullptr);

    void ask(const Question& question);
    bool isAsking() const noexcept { return m_isAsking; }

Q_SIGNALS:
    void confirmed();
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showChannels(const std::vector<Channel>& channels);
    void check();
    void confirm();

    std::string m_wanted;
    bool m_isAsking = false;
    QLabel* m_title;
    QWidget* m_chips;
    QLabel* m_event;
    QLabel* m_note;
    QPlainTextEdit* m_payload;
    QLabel* m_prompt;
    QLineEdit* m_name;
    QPushButton* m_send;
};

} // namespace castdeck::ui
