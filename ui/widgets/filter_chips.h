#pragma once

#include "ui/bridge/documents.h"
#include "ui/models/log_filter.h"

#include <QtWidgets/QWidget>

#include <vector>

namespace castdeck::ui {

class Chip;
class FlowLayout;

/// Filters that are on or off as a whole: those somebody saved under a name, and those a row was asked for, which go
/// when they are switched off. All that are on must hold.
class FilterChips : public QWidget {
    Q_OBJECT

public:
    /// `documents` keeps the saved ones and must outlive this.
    explicit FilterChips(Documents& documents, QWidget* parent = nullptr);

    void save(const QString& name, const QString& text); ///< Switched on at once.
    void rename(const QString& id, const QString& name);
    void remove(const QString& id);
    void addPassing(const QString& name, const QString& text); ///< Goes when it is switched off.
    void switchOff();

    LogFilter filter() const; ///< Of all that are on.
    bool isAnyOn() const;
    int count() const { return static_cast<int>(m_items.size()); }

Q_SIGNALS:
    void filterChanged();
    void renameRequested(const QString& id, const QString& name);
    void editRequested(const QString& text);

private:
    struct Item {
        QString id; ///< Empty for one that passes.
        QString text;
        Chip* chip;
    };

    void load();
    Chip* add(const QString& id, const QString& name, const QString& text);
    void removeAt(std::size_t index);
    void write(const Item& item);
    void showMenu(const QString& id, const QPoint& at);
    Item* find(const QString& id);

    Documents& m_documents;
    FlowLayout* m_layout;
    std::vector<Item> m_items;
};

} // namespace castdeck::ui
