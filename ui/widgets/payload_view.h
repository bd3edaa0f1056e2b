#pragma once

#include <QtWidgets/QWidget>

#include <memory>
#include <string>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace castdeck::ui {

class JsonHighlighter;
class Segmented;

/// A payload as it was sent, pretty or raw. Copy gives the exact bytes, whichever view is on.
class PayloadView : public QWidget {
    Q_OBJECT

public:
    explicit PayloadView(const QString& name, QWidget* parent = nullptr);

    /// Null shows that there is none.
    void setPayload(std::shared_ptr<const std::string> payload);
    QPlainTextEdit* text() const { return m_text; }

private:
    enum View { Pretty, Raw };

    void showPayload();
    void changeEvent(QEvent* event) override;

    std::shared_ptr<const std::string> m_payload;
    bool m_isJson = false;
    bool m_showsAll = false;
    Segmented* m_view;
    QLabel* m_size;
    QPushButton* m_copy;
    QPushButton* m_all;
    QPlainTextEdit* m_text;
    JsonHighlighter* m_highlighter;
};

} // namespace castdeck::ui
