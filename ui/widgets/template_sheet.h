#pragma once

#include "ui/models/template.h"

#include <QtCore/QStringList>
#include <QtWidgets/QWidget>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace castdeck::ui {

/// Name, folder, colour and place of a template, when it is made or changed. The message itself is written in the
/// composer.
class TemplateSheet : public QWidget {
    Q_OBJECT

public:
    explicit TemplateSheet(QWidget* parent = nullptr);

    /// A template without an id is made, one with an id is changed.
    void open(const Template& message, const QStringList& folders, const Profile& profile);

Q_SIGNALS:
    void saved(const castdeck::ui::Template& message);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildColors();
    void save();

    Template m_message;
    std::string m_profileId;
    QLabel* m_title;
    QLabel* m_summary;
    QLineEdit* m_name;
    QComboBox* m_folder;
    QButtonGroup* m_colors;
    QCheckBox* m_isForProfile;
    QLabel* m_problem;
};

} // namespace castdeck::ui
