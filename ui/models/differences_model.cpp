#include "ui/models/differences_model.h"

#include "ui/models/roles.h"
#include "ui/text/shown_text.h"
#include "ui/theme/colors.h"

namespace castdeck::ui {

namespace {

constexpr std::size_t shownBytes = 200;

struct KindLook {
    QString word;
    Tone tone;
};

KindLook lookOf(JsonDifference::Kind kind)
{
    switch (kind) {
    case JsonDifference::Kind::Changed: return {DifferencesModel::tr("Changed"), Tone::Warning};
    case JsonDifference::Kind::OnlyInA: return {DifferencesModel::tr("Only in A"), Tone::Danger};
    case JsonDifference::Kind::OnlyInB: return {DifferencesModel::tr("Only in B"), Tone::Success};
    }
    return {};
}

} // namespace

void DifferencesModel::setDifferences(std::vector<JsonDifference> differences)
{
    beginResetModel(); // Another comparison: nothing of the one before is kept.
    m_differences = std::move(differences);
    endResetModel();
}

int DifferencesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_differences.size());
}

int DifferencesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DifferencesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const JsonDifference& difference = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case Kind: return lookOf(difference.kind).word;
        case Path: return shownText(difference.path, shownBytes);
        case A: return shownText(difference.a, shownBytes, LineEnds::Fold);
        case B: return shownText(difference.b, shownBytes, LineEnds::Fold);
        default: return {};
        }
    case ToneRole: return static_cast<int>(index.column() == Kind ? lookOf(difference.kind).tone : Tone::Text);
    case CodeRole: return index.column() != Kind;
    case StrongRole: return index.column() == Kind;
    default: return {};
    }
}

QVariant DifferencesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Path: return tr("Path");
    case A: return QStringLiteral("A");
    case B: return QStringLiteral("B");
    default: return QString{};
    }
}

} // namespace castdeck::ui
