#pragma once

#include <QtWidgets/QWidget>

class QButtonGroup;

namespace castdeck::ui {

/// Two or three choices beside each other, one of them on.
class Segmented : public QWidget {
    Q_OBJECT

public:
    struct Choice {
        QString name;
        QString text;
    };

    explicit Segmented(const QList<Choice>& choices, QWidget* parent = nullptr);

    int current() const;
    void setCurrent(int index);
    void setChoiceEnabled(int index, bool isEnabled);
    /// As high as fields and plain buttons, to stand beside them.
    void setTall();

Q_SIGNALS:
    void chosen(int index);

private:
    QButtonGroup* m_group;
};

} // namespace castdeck::ui
