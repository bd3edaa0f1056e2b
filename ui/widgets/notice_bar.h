#pragma once

#include <QtCore/QString>
#include <QtWidgets/QWidget>

#include <functional>
#include <map>

namespace castdeck::ui {

/// Something that goes on and that somebody should do something about.
struct Notice {
    QString id;                  ///< The row is "notice.ID", its buttons "notice.ID.act" and "notice.ID.close".
    QString text;                ///< What is so, and what follows from it.
    QString action{};            ///< The word on the button; empty for none.
    std::function<void()> act{}; ///< What the button does. The notice stays; who acted takes it away.
};

/// Standing notices under the toolbar, each with its next step, until what they tell of is over or somebody closes
/// them. For what needs no answer there is the Toast. Thread: GUI.
class NoticeBar : public QWidget {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    /// In the place of the one with the same id, or after the others.
    void tell(const Notice& notice);
    void dismiss(const QString& id);

private:
    QWidget* buildRow(const Notice& notice);

    std::map<QString, QWidget*> m_rows;
};

} // namespace castdeck::ui
