#pragma once

#include "ui/models/persona.h"

#include <QtCore/QAbstractTableModel>

namespace castdeck::ui {

/// The personas of a book as a table, in their order.
class PersonaModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Id, Roles, ColumnCount };

    explicit PersonaModel(PersonaBook& book, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void follow();

    PersonaBook& m_book;
    std::vector<Persona> m_shown;
};

} // namespace castdeck::ui
