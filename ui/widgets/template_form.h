#pragma once

#include "ui/models/template.h"

#include <QtWidgets/QWidget>

#include <functional>
#include <vector>

class QFormLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace castdeck::ui {

class SizeMeter;

/// What a template asks for before it is sent: a field for each placeholder, and the exact message folded below. Enter
/// sends.
class TemplateForm : public QWidget {
    Q_OBJECT

public:
    explicit TemplateForm(QWidget* parent = nullptr);

    /// Empties the form and asks for what that template needs; the first field has the focus with its default selected.
    void open(const Template& message);
    const Template& message() const noexcept { return m_message; }
    void setLimits(const DraftLimits& limits);
    void allowAnother() { m_isSent = false; } ///< What was asked for was not sent.
    /// What Send says, and why it cannot be pressed; empty when it can.
    void setSendText(const QString& text, const QString& hindrance);

public Q_SLOTS:
    void send();

Q_SIGNALS:
    /// The draft is filled in and correct.
    void sendRequested(const castdeck::ui::Draft& draft);
    void refused(const QString& sentence);
    void editRequested(); ///< The message itself shall be changed.
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Field {
        Placeholder placeholder;
        QWidget* editor = nullptr;
        QLabel* problem = nullptr;
        std::function<std::string()> value{};
    };

    void build();
    void addField(const Placeholder& placeholder);
    QWidget* makeEditor(const Placeholder& placeholder, Field& field);
    PlaceholderSet::Values values() const;
    void showMessage();
    void setPreviewShown(bool isShown);

    Template m_message;
    PlaceholderSet m_placeholders = placeholdersOf({});
    std::vector<Field> m_fields;
    DraftLimits m_limits;
    QString m_hindrance;
    bool m_isSent = false; ///< Until it is opened again: a second Enter sends nothing.
    QLabel* m_name;
    QLabel* m_target;
    QWidget* m_rows = nullptr;
    QVBoxLayout* m_body;
    QPushButton* m_fold;
    QPlainTextEdit* m_preview;
    SizeMeter* m_size;
    QLabel* m_problem;
    QPushButton* m_send;
};

} // namespace castdeck::ui
