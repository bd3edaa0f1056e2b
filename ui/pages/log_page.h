#pragma once

#include "ui/bridge/documents.h"
#include "ui/models/log_archive.h"
#include "ui/models/log_model.h"
#include "ui/models/log_seeker.h"
#include "ui/models/row_colors.h"
#include "ui/text/copy_as.h"
#include "ui/widgets/log_table.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <optional>

class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace castdeck::ui {

class EmptyState;
class ExportPanel;
class FilterBar;
class OlderRows;
class TopTalkers;
class TypeChips;

/// The developers' page: what happens in the server, as it happens.
///
/// Ownership: the model and the documents outlive it.
class LogPage : public QWidget {
    Q_OBJECT

public:
    /// Without documents, saved filters and columns last as long as the page. `profileId` is whose columns they are.
    explicit LogPage(LogModel* model, Documents* documents = nullptr,
                     const QString& profileId = QStringLiteral("local"), QWidget* parent = nullptr);
    ~LogPage() override;

    /// Where rows beyond memory come from; null for nowhere. Must outlive the page.
    void setArchive(LogArchive* archive);
    void setServerRunning(bool isRunning);
    void setElsewhere(const QString& name); ///< The log is of a server elsewhere, called so.
    void selectRow(int row);
    /// Selects that row as soon as it is there, also when it is still on its way. What hides it gives way: filter,
    /// types, pause.
    void reveal(LogSeeker::Wanted wanted);
    int selectedRow() const { return m_table->currentRow(); }
    ExportPanel* exportPanel() const { return m_export; }

public Q_SLOTS:
    void setPaused(bool isPaused);
    void togglePause();
    void clear(); ///< Asks nothing; for ten seconds the same again undoes it.
    void showErrors();
    void focusFilter();
    void setFilterText(const QString& text);
    void follow();
    void toggleExport();
    void toggleTalkers();
    void showColumnMenu();
    void searchStored(); ///< What the filter lets through is looked for on disk, too.

    // These are about the selected row.
    void toggleBookmark();
    void nextBookmark();
    void nextError();
    void markA();
    void markB();
    void followSocket();
    void followUser();
    void hideChannel();
    void copyPayload();

Q_SIGNALS:
    void rowSelected(const std::optional<castdeck::engine::Event>& event);
    void inspectorRequested(); ///< A row was clicked, or Enter pressed on it, whether it was selected before or not.
    void sendRequested();
    void startRequested();
    void watchRequested(); ///< Of a channel of the server elsewhere.

    void compareRequested(); ///< A and B are marked.
    void editAndSendRequested(const castdeck::engine::Event& event);
    void sendAgainRequested(const castdeck::engine::Event& event);
    void whoGotThisRequested(const castdeck::engine::Event& event);
    void howToListenRequested(const castdeck::engine::Event& event);
    void saveAsTemplateRequested(const castdeck::engine::Event& event);
    void copyAsRequested(castdeck::ui::CopyKind kind, const castdeck::engine::Event& event);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    QWidget* buildHead();
    void connectAll();
    void connectTable();
    void applyFilter();
    void applyKinds(std::uint32_t kinds);
    void clearFilter();
    void refresh();
    void refreshRemark();
    void refreshHead();
    void refreshNewChip();
    void refreshEmptyState();
    void showStopped();
    void showNothing();
    void placeNewChip();
    void fitHead();
    void reportSelection();
    void answer(LogTable::Request request);
    void mark(LogModel::Mark mark);
    void goTo(int row);

    void showMenu(const QPoint& at);
    void addColorActions(QMenu& menu, const QString& term);
    void addFilterActions(QMenu& menu, int row, int column);
    void addCopyActions(QMenu& menu, int row, int column);
    void addMessageActions(QMenu& menu, const engine::Event& event);
    void addRowActions(QMenu& menu, const engine::Event& event);
    QString termFor(int row, int column) const;

    std::unique_ptr<Documents> m_ownDocuments;
    Documents& m_documents;
    std::string m_columnsId;
    RowColors m_colors;
    LogModel* m_model;
    LogSeeker* m_seeker;
    QPushButton* m_pause;
    QPushButton* m_follow;
    QPushButton* m_clear;
    QPushButton* m_columns;
    QPushButton* m_exportButton;
    QPushButton* m_talkersButton;
    FilterBar* m_filter;
    TypeChips* m_types;
    TopTalkers* m_talkers;
    ExportPanel* m_export;
    QLabel* m_thinning;
    QStackedWidget* m_stack;
    LogTable* m_table;
    OlderRows* m_older;
    EmptyState* m_empty;
    QPushButton* m_newChip;
    QTimer m_undoTime;
    std::size_t m_seenRows = 0; ///< Rows of the log when following ended.
    bool m_isServerRunning = true;
    QString m_elsewhere; ///< Empty for the server in this program.
    std::optional<LogStore::Sequence> m_selected;
};

} // namespace castdeck::ui
