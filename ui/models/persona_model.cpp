#include "ui/models/persona_model.h"

#include "ui/models/roles.h"
#include "ui/text/shown_text.h"

namespace castdeck::ui {

PersonaModel::PersonaModel(PersonaBook& book, QObject* parent)
    : QAbstractTableModel{parent}
    , m_book{book}
    , m_shown{book.personas()}
{
    connect(&book, &PersonaBook::changed, this, &PersonaModel::follow);
}

/// The usual change is one persona's, so that the selection stays.
void PersonaModel::follow()
{
    if (m_book.personas().size() != m_shown.size()) {
        beginResetModel();
        m_shown = m_book.personas();
        endResetModel();
        return;
    }
    m_shown = m_book.personas();
    if (!m_shown.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int PersonaModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int PersonaModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PersonaModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Persona& persona = m_shown[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: {
        if (column == Name)
            return nameOf(persona);
        if (column == Id)
            return persona.isAnonymous ? tr("not signed in") : shownText(persona.id, 64);
        QStringList roles;
        for (const std::string& one : persona.roles)
            roles << shownText(one, 64);
        return roles.join(QStringLiteral(", "));
    }
    case IconRole:
        return column != Name ? QString{} : persona.isAnonymous ? QStringLiteral("user") : QStringLiteral("disc");
    case ToneRole:
        return static_cast<int>(column == Name ? (persona.isAnonymous ? Tone::Text : toneOf(persona)) : Tone::Muted);
    case StrongRole: return column == Name;
    case CodeRole: return column == Id && !persona.isAnonymous;
    default: return {};
    }
}

QVariant PersonaModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Name");
    case Id: return tr("Id");
    case Roles: return tr("Roles");
    default: return {};
    }
}

} // namespace castdeck::ui
