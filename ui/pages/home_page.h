#pragma once

#include "ui/models/arrangement.h"
#include "ui/models/profile.h"

#include <QtWidgets/QWidget>

#include <string>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace castdeck::ui {

class Segmented;

/// Where somebody starts: three ways to begin, the profiles used last, and how the window should be arranged.
class HomePage : public QWidget {
    Q_OBJECT

public:
    struct Line {
        std::string id;
        QString name;
        QString address;
        QString state; ///< "Live, running"; "" when it is not live.
        Profile::Color color = Profile::Color::Blue;
        bool isKept = false; ///< It can be edited and removed.

        bool operator==(const Line&) const = default;
    };

    explicit HomePage(QWidget* parent = nullptr);

    void showProfiles(const std::vector<Line>& profiles);
    void showArrangement(Arrangement arrangement);

Q_SIGNALS:
    void tryRequested();
    void connectRequested();
    void learnRequested();
    void profileChosen(const std::string& id);
    void profileEdited(const std::string& id); ///< Somebody wants to change or remove it.
    void arrangementChosen(castdeck::ui::Arrangement arrangement);

private:
    QWidget* buildCards();
    QWidget* buildProfiles();
    QWidget* buildArrangements();
    QWidget* makeLine(const Line& line);

    QVBoxLayout* m_lines;
    std::vector<Line> m_shown;
    Segmented* m_arrangement;
    QLabel* m_meaning;
};

} // namespace castdeck::ui
