#include "ui/theme/system_scheme.h"

#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>
#include <QtDBus/QDBusVariant>

namespace castdeck::ui {

namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString group = QStringLiteral("org.freedesktop.appearance");
const QString key = QStringLiteral("color-scheme");

} // namespace

SystemScheme::SystemScheme(QObject* parent) : QObject{parent}
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    question << group << key;
    auto* call = new QDBusPendingCallWatcher{bus.asyncCall(question), this};
    connect(call, &QDBusPendingCallWatcher::finished, this, &SystemScheme::readAnswer);
}

void SystemScheme::readAnswer(QDBusPendingCallWatcher* call)
{
    const QDBusPendingReply<QDBusVariant> reply = *call;
    if (!reply.isError())
        report(reply.value().variant());
    call->deleteLater();
}

void SystemScheme::settingChanged(const QString& changedGroup, const QString& changedKey, const QDBusVariant& value)
{
    if (changedGroup == group && changedKey == key)
        report(value.variant());
}

void SystemScheme::report(const QVariant& value)
{
    // The portal wraps the answer to Read in a second variant.
    const QVariant inner = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value;
    constexpr uint prefersDark = 1;
    constexpr uint noPreference = 0;
    if (inner.toUInt() != noPreference)
        Q_EMIT darkPreferred(inner.toUInt() == prefersDark);
}

} // namespace castdeck::ui
