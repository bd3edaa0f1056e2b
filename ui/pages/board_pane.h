#pragma once

#include "ui/models/template_list.h"

#include <QtWidgets/QWidget>

class QLabel;
class QMenu;
class QStackedWidget;
class QTimer;

namespace castdeck::ui {

class AlertBoard;
class TemplateForm;
class TemplateSheet;

/// The left half of the Send page: the board, the form of the alert that was pressed, and the sheet that names one.
class BoardPane : public QWidget {
    Q_OBJECT

public:
    explicit BoardPane(Documents& documents, QWidget* parent = nullptr);

    TemplateList& templates() { return *m_list; }
    TemplateForm& form() { return *m_form; }
    void setProfile(const Profile& profile);
    /// Back to the tiles after a send; none has the focus, so that another Enter presses nothing.
    void showSent(const std::string& templateId);
    void showBoard();
    /// Opens the sheet: for a template that is to be made, or with an id for one that is there.
    void openSheet(const Template& message);
    void addSamples();
    void removeTemplate(const std::string& templateId); ///< With an offer to undo it.
    QString importFrom(const QByteArray& file);         ///< One sentence about what came of it.

public Q_SLOTS:
    void openTemplate(const std::string& templateId);

Q_SIGNALS:
    void sendRequested(const castdeck::ui::Template& message, const castdeck::ui::Draft& draft);
    void saveWanted(); ///< Somebody wants the message of the composer on the board.
    void editWanted(const castdeck::ui::Template& message); ///< In the composer.
    void templateOpened(const castdeck::ui::Template& message);
    void said(const QString& sentence, bool isProblem);

private:
    QWidget* buildBoardPage();
    QWidget* buildEmptyPage();
    QWidget* buildUndoBar();
    void connectParts();
    void showContent();
    void take(const Template& message);
    void showMenu(const std::string& templateId, const QPoint& globalPosition);
    void askForImport();
    void askForExport();

    TemplateList* m_list;
    Profile m_profile;
    QStackedWidget* m_stack;
    QStackedWidget* m_content; ///< Tiles or the words that stand for none.
    AlertBoard* m_board;
    TemplateForm* m_form;
    TemplateSheet* m_sheet;
    QWidget* m_undoBar;
    QLabel* m_undoText;
    QTimer* m_undoTime;
};

} // namespace castdeck::ui
