#pragma once

#include <QtWidgets/QDialog>

class QLineEdit;
class QVBoxLayout;

namespace castdeck::ui {

/// All keys of the program on one sheet, by the place where they count. Made from the list of actions.
class ShortcutSheet : public QDialog {
    Q_OBJECT

public:
    explicit ShortcutSheet(QWidget* parent = nullptr);

private:
    void search(const QString& typed);

    QLineEdit* m_field;
    QVBoxLayout* m_groups;
};

} // namespace castdeck::ui
