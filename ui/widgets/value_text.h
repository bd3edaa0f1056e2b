#pragma once

#include <QtWidgets/QPlainTextEdit>

namespace castdeck::ui {

/// One value in full, to be read and copied: wraps anywhere, since names have no blanks, and is as high as its text.
class ValueText : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit ValueText(const QFont& font, QWidget* parent = nullptr);

    void setText(const QString& text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHeight();
};

} // namespace castdeck::ui
