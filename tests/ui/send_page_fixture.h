#pragma once

#include "tests/ui/fake_server.h"
#include "ui/bridge/documents.h"
#include "ui/models/profile.h"
#include "ui/pages/send_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/alert_tile.h"
#include "ui/widgets/receipt.h"

#include <QtCore/QObject>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace castdeck::test {

/// The operators' page as a whole, on a server that only remembers what it was asked.
class SendPageFixture : public QObject {
protected:
    void openPage();
    void closePage();

    void open(ui::Profile profile);
    void addMaintenance();
    template <class T = QWidget> T* find(const char* name) const
    {
        return m_page->findChild<T*>(QString::fromLatin1(name));
    }
    ui::AlertTile* tile(int number) const
    {
        return m_page->findChild<ui::AlertTile*>(QStringLiteral("board.tile.%1").arg(number));
    }
    QString receipt() const { return m_page->findChild<ui::Receipt*>()->text(); }
    void fill(const QString& channels, const QString& event, const std::string& payload);
    void accept(std::uint64_t id, std::size_t receivers);
    static ui::Profile local();
    static ui::Profile production();

    std::unique_ptr<ui::Theme> m_theme;
    FakeServer m_server;
    ui::MemoryDocuments m_documents;
    std::unique_ptr<ui::SendPage> m_page;
};

} // namespace castdeck::test
