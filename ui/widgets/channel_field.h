#pragma once

#include "ui/text/draft.h"
#include "ui/theme/colors.h"

#include <QtCore/QStringList>
#include <QtWidgets/QFrame>

#include <functional>
#include <vector>

class QCompleter;
class QLineEdit;
class QStringListModel;

namespace castdeck::ui {

class Chip;

/// Channel names as chips with a line to type in behind the last. A blank, Enter, or leaving the field makes a chip of
/// what was typed; Backspace at the start takes the last one back for editing. What is pasted is split.
class ChannelField : public QFrame {
    Q_OBJECT

public:
    /// How a chip looks: by its name and kind.
    struct Look {
        QString icon;
        Tone tone = Tone::Muted;
        QString remark;
        QString tip{}; ///< Own words only: a tooltip may read markup.
    };
    using Describe = std::function<Look(const ChannelEntry&)>;

    /// `name` and `accessibleName` are those of the line to type in.
    ChannelField(const QString& name, const QString& accessibleName, QWidget* parent = nullptr);

    /// All names, those still being typed included, as parseChannels() reads them.
    QString text() const;
    void setText(const QString& line);
    void add(const QString& name);
    void setDescribe(Describe describe);
    void showLooks(); ///< Asks again how each chip looks.
    void setWrong(bool isWrong);
    void setSuggestions(const QStringList& names);
    void setPlaceholderText(const QString& text);
    QLineEdit* editor() const { return m_editor; }

Q_SIGNALS:
    void changed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void textEdited(const QString& text);
    void setTyped(const QString& text);
    void takeTyped();
    void editChip(int index);
    void rebuild();
    void arrange();
    bool keyPressed(int key);
    void suggest();

    QStringList m_names;
    std::vector<Chip*> m_chips; ///< One for each name.
    Chip* m_more;               ///< Stands for those that have no room.
    QLineEdit* m_editor;
    QCompleter* m_completer;
    QStringListModel* m_suggestions;
    QString m_placeholder;
    Describe m_describe;
    bool m_isWrong = false;
    bool m_isUnfolded = false;
};

} // namespace castdeck::ui
