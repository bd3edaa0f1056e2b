#include "core/base/secret_name.h"

#include <QTest>

using namespace castdeck;

class SecretNameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesOfSecretsAreKnown_data();
    void namesOfSecretsAreKnown();
};

void SecretNameTest::namesOfSecretsAreKnown_data()
{
    QTest::addColumn<bool>("isSecret");
    for (const char* name : {"secret", "client_secret", "Password", "api_key", "X-API-Key", "token", "Authorization",
                             "Cookie", "encryption_master_key_base64", "private_key"})
        QTest::newRow(name) << true;
    for (const char* name : {"client", "key", "app_id", "host", "authorize", "require_authorized_connections",
                             "authorization_deadline", "allow_private_network"})
        QTest::newRow(name) << false;
}

void SecretNameTest::namesOfSecretsAreKnown()
{
    QTEST(isSecretName(QTest::currentDataTag()), "isSecret");
}

QTEST_APPLESS_MAIN(SecretNameTest)
#include "secret_name_test.moc"
