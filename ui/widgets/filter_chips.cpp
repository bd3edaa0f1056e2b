#include "ui/widgets/filter_chips.h"

#include "ui/text/shown_text.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow_layout.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QUuid>
#include <QtWidgets/QMenu>

#include <algorithm>

namespace castdeck::ui {

namespace {

const std::string collection = "filters";

} // namespace

FilterChips::FilterChips(Documents& documents, QWidget* parent)
    : QWidget{parent}
    , m_documents{documents}
    , m_layout{new FlowLayout{6, this}}
{
    setObjectName(QStringLiteral("log.filters"));
    load();
}

void FilterChips::load()
{
    for (const Documents::Document& document : m_documents.list(collection)) {
        const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(document.json)).object();
        const QString name = object.value(QStringLiteral("name")).toString();
        if (!name.isEmpty())
            add(toQt(document.id), name, object.value(QStringLiteral("text")).toString());
    }
    setVisible(!m_items.empty());
}

Chip* FilterChips::add(const QString& id, const QString& name, const QString& text)
{
    auto* chip = new Chip{Chip::Use::Switch, this};
    chip->setObjectName(QStringLiteral("log.filters.%1").arg(m_items.size()));
    chip->setText(name);
    chip->setAccessibleName(name);
    chip->setToolTip(plainTip(text));
    chip->setLook(id.isEmpty() ? QStringLiteral("close") : QStringLiteral("star"), Tone::Accent);
    m_layout->addWidget(chip);
    m_items.push_back({id, text, chip});
    connect(chip, &Chip::clicked, this, [this, chip, isPassing = id.isEmpty()] {
        const auto it = std::ranges::find(m_items, chip, &Item::chip);
        if (isPassing && it != m_items.end())
            removeAt(static_cast<std::size_t>(it - m_items.begin()));
        Q_EMIT filterChanged();
    });
    if (!id.isEmpty()) {
        chip->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(chip, &Chip::customContextMenuRequested, this,
                [this, id, chip](const QPoint& at) { showMenu(id, chip->mapToGlobal(at)); });
    }
    chip->show();
    show();
    return chip;
}

void FilterChips::save(const QString& name, const QString& text)
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    add(id, name, text)->setChecked(true);
    write(m_items.back());
    Q_EMIT filterChanged();
}

void FilterChips::addPassing(const QString& name, const QString& text)
{
    const auto it = std::ranges::find(m_items, text, &Item::text);
    Chip* chip = it != m_items.end() ? it->chip : add({}, name, text);
    chip->setChecked(true);
    Q_EMIT filterChanged();
}

void FilterChips::rename(const QString& id, const QString& name)
{
    Item* item = find(id);
    if (item == nullptr || name.isEmpty())
        return;
    item->chip->setText(name);
    item->chip->setAccessibleName(name);
    item->chip->updateGeometry();
    item->chip->update();
    write(*item);
}

void FilterChips::remove(const QString& id)
{
    const auto it = std::ranges::find(m_items, id, &Item::id);
    if (it == m_items.end())
        return;
    m_documents.remove(collection, toStd(id));
    removeAt(static_cast<std::size_t>(it - m_items.begin()));
    Q_EMIT filterChanged();
}

void FilterChips::removeAt(std::size_t index)
{
    Chip* chip = m_items[index].chip;
    m_items.erase(m_items.begin() + static_cast<std::ptrdiff_t>(index));
    m_layout->removeWidget(chip);
    chip->hide();
    chip->deleteLater(); // It may be the one that was clicked.
    setVisible(!m_items.empty());
}

void FilterChips::switchOff()
{
    for (std::size_t i = m_items.size(); i > 0; --i) {
        if (m_items[i - 1].id.isEmpty())
            removeAt(i - 1);
        else
            m_items[i - 1].chip->setChecked(false);
    }
    Q_EMIT filterChanged();
}

void FilterChips::write(const Item& item)
{
    const QJsonObject object{{QStringLiteral("name"), item.chip->text()}, {QStringLiteral("text"), item.text}};
    m_documents.put(collection, toStd(item.id), QJsonDocument{object}.toJson(QJsonDocument::Compact).toStdString());
}

LogFilter FilterChips::filter() const
{
    LogFilter result;
    for (const Item& item : m_items) {
        if (!item.chip->isChecked())
            continue;
        if (auto parsed = LogFilter::parse(item.text); parsed.filter)
            result = LogFilter::both(std::move(result), std::move(*parsed.filter));
    }
    return result;
}

bool FilterChips::isAnyOn() const
{
    return std::ranges::any_of(m_items, [](const Item& item) { return item.chip->isChecked(); });
}

void FilterChips::showMenu(const QString& id, const QPoint& at)
{
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("log.filters.menu"));
    menu->addAction(tr("Edit in the filter line"), this, [this, id] {
        if (const Item* item = find(id))
            Q_EMIT editRequested(item->text);
    });
    menu->addAction(tr("Rename…"), this, [this, id] {
        if (const Item* item = find(id))
            Q_EMIT renameRequested(id, item->chip->text());
    });
    menu->addAction(tr("Delete"), this, [this, id] { remove(id); });
    menu->popup(at);
}

FilterChips::Item* FilterChips::find(const QString& id)
{
    const auto it = std::ranges::find(m_items, id, &Item::id);
    return it == m_items.end() ? nullptr : &*it;
}

} // namespace castdeck::ui
