#pragma once

#include "ui/bridge/documents.h"
#include "ui/models/template.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QStringList>

#include <optional>
#include <vector>

namespace castdeck::ui {

/// The templates in the order of the board, kept in the collection "templates".
///
/// Thread: GUI. The documents must outlive it.
class TemplateList : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr const char* collection = "templates";

    explicit TemplateList(Documents& documents, QObject* parent = nullptr);

    const std::vector<Template>& all() const noexcept { return m_templates; }
    const Template* find(const std::string& id) const; ///< Null when it is not there.
    QStringList folders() const;                       ///< Each once, sorted.

    /// Adds it at the end, or behind the one with the id `after`. Returns its id, made here.
    std::string add(Template message, const std::string& after = {});
    void replace(const Template& message); ///< One that is not there changes nothing.
    void duplicate(const std::string& id);
    void move(int from, int to);

    /// What was removed last comes back in its place with undoRemove().
    void remove(const std::string& id);
    bool undoRemove();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    int rowOf(const std::string& id) const; ///< -1 when it is not there.
    void insert(int row, Template message);
    void storeOrder();

    Documents& m_documents;
    std::vector<Template> m_templates;
    struct Removed {
        int row = 0;
        Template message;
    };
    std::optional<Removed> m_removed;
};

} // namespace castdeck::ui
