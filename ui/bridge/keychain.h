#pragma once

#include "core/remote/secret_store.h"

#include <QtCore/QObject>

namespace castdeck::ui {

/// The wallet of the desktop: the Secret Service, KWallet, or what the platform has.
///
/// Thread: GUI. Its own words for what fails: those of the library may be "Unknown error".
class Keychain : public QObject, public remote::SecretStore {
    Q_OBJECT

public:
    explicit Keychain(QObject* parent = nullptr) : QObject{parent} {}

    void read(const std::string& id, Found done) override;
    void write(const std::string& id, const std::string& secret, Done done) override;
    void remove(const std::string& id, Done done) override;
};

} // namespace castdeck::ui
