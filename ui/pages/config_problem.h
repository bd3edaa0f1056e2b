#pragma once

#include <QtWidgets/QWidget>

namespace castdeck::ui {

/// The window in place of the console while the configuration cannot be used, or beside it when it was changed into
/// one: what is wrong, and the ways out of it.
class ConfigProblem : public QWidget {
    Q_OBJECT

public:
    enum class GoodCopy { None, OnOffer };
    enum class Time { AtStart, WhileRunning };

    ConfigProblem(const QString& file, const QStringList& problems, GoodCopy goodCopy, Time time = Time::AtStart,
                  QWidget* parent = nullptr);

Q_SIGNALS:
    void retryRequested(); ///< The file may have been mended.
    void restoreRequested();

private:
    QWidget* buildActions(GoodCopy goodCopy, Time time);
};

} // namespace castdeck::ui
