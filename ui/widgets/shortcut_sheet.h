#pragma once

#include <QtWidgets/QDialog>

#include <vector>

class QLineEdit;
class QVBoxLayout;

namespace castdeck::ui {

class ActionList;
enum class ActionContext;

/// All keys of the program on one sheet, by the place where they count. Made from the list of actions.
class ShortcutSheet : public QDialog {
    Q_OBJECT

public:
    struct Line {
        ActionContext context;
        QString keys;
        QString text;
    };

    /// With the keys as they are at the moment.
    explicit ShortcutSheet(const ActionList& actions, QWidget* parent = nullptr);

private:
    void search(const QString& typed);

    std::vector<Line> m_lines;
    QLineEdit* m_field;
    QVBoxLayout* m_groups;
};

} // namespace castdeck::ui
