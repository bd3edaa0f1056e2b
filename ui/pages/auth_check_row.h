#pragma once

#include "core/remote/endpoint_checks.h"
#include "ui/theme/colors.h"

#include <QtWidgets/QAbstractButton>

namespace castdeck::ui {

/// One check as a line that can be opened: the mark by shape and by word, never by colour alone.
class CheckRow : public QAbstractButton {
    Q_OBJECT

public:
    explicit CheckRow(std::size_t index, QWidget* parent = nullptr);

    void setResult(const remote::CheckResult& result);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QString m_number;
    QString m_title;
    QString m_word;
    QString m_time;
    QString m_icon;
    Tone m_tone = Tone::Faint;
};

} // namespace castdeck::ui
