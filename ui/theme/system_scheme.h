#pragma once

#include <QtCore/QObject>

class QDBusPendingCallWatcher;
class QDBusVariant;

namespace castdeck::ui {

/// Whether the desktop prefers dark, from the settings portal over D-Bus; silent where there is none.
class SystemScheme : public QObject {
    Q_OBJECT

public:
    explicit SystemScheme(QObject* parent = nullptr);

Q_SIGNALS:
    void darkPreferred(bool isDark);

private:
    void readAnswer(QDBusPendingCallWatcher* call);
    Q_SLOT void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);
    void report(const QVariant& value);
};

} // namespace castdeck::ui
