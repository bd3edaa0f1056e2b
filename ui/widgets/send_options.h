#pragma once

#include "core/engine/snapshot.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <string>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace castdeck::ui {

/// What is seldom wanted besides channels, event and payload: a socket that is left out, a user as receiver, several
/// messages at once.
class SendOptions : public QWidget {
    Q_OBJECT

public:
    explicit SendOptions(QWidget* parent = nullptr);

    std::string excludeSocketId() const;
    void setExcludeSocketId(const QString& socketId);
    /// Offers the sockets and users of that application; null where they are not known.
    void showSockets(const std::shared_ptr<const engine::Snapshot>& snapshot, const std::string& appId);
    /// What becomes of encrypted channels; empty hides the line.
    void setEncryption(const QString& sentence);
    void setBatchCount(std::size_t count);
    /// Whether subscribers of each channel are to be asked for with the send; offered where the way can.
    bool wantsCounts() const;
    void setCountsOffered(bool isOffered);
    /// "leaves out 1.1, 2 messages": shown while folded; empty when nothing is set.
    QString summary() const;

Q_SIGNALS:
    void changed();
    void channelWanted(const QString& name);
    void batchRequested(); ///< Put the message of the composer to those that are sent together.
    void batchCleared();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void addUser();
    void fillSockets();

    QComboBox* m_exclude;
    QComboBox* m_user;
    QLabel* m_userHint;
    QLabel* m_encryptionHead;
    QLabel* m_encryption;
    QWidget* m_encryptionRow = nullptr;
    QCheckBox* m_counts;
    QWidget* m_countsRow = nullptr;
    QLabel* m_batch;
    QWidget* m_clearBatch;
    std::size_t m_batchCount = 0;
    std::shared_ptr<const engine::Snapshot> m_snapshot;
    std::string m_appId;
};

} // namespace castdeck::ui
