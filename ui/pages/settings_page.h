#pragma once

#include "ui/models/arrangement.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QScrollArea;
class QVBoxLayout;

namespace castdeck::ui {

class Segmented;

/// Everything that can be set, in groups, with a search over all of them. Changes act at once; there is nothing to
/// apply.
class SettingsPage : public QWidget {
    Q_OBJECT

public:
    explicit SettingsPage(Theme& theme, QWidget* parent = nullptr);

    void showArrangement(Arrangement arrangement);
    /// Where the program keeps what outlives a run.
    void setDataFolder(const QString& folder);
    void focusSearch();
    void showGroup(const QString& name); ///< "about".

    /// One more row of a group, for settings that live elsewhere. The row owns the control.
    void addRow(const QString& group, const QString& title, const QString& hint, QWidget* control);

Q_SIGNALS:
    void arrangementChosen(castdeck::ui::Arrangement arrangement);
    void layoutReset();
    void serverRequested();             ///< What is set about it elsewhere.
    void told(const QString& sentence); ///< Why something was not taken.

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Group {
        QString name;
        QWidget* widget;
        QVBoxLayout* rows;
        std::vector<QWidget*> shown;
    };

    QVBoxLayout* addGroup(const QString& name, const QString& title);
    void buildGeneral();
    void buildAppearance();
    void buildSecurity();
    void buildServer();
    void buildData();
    void search(const QString& typed);
    void showTheme();

    Theme& m_theme;
    QLineEdit* m_search;
    QListWidget* m_list;
    QScrollArea* m_scroll;
    QVBoxLayout* m_groupsLayout;
    std::vector<Group> m_groups;
    Segmented* m_arrangement;
    Segmented* m_themeChoice;
    QLabel* m_zoom;
    QLabel* m_folder;
};

} // namespace castdeck::ui
