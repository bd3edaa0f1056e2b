#pragma once

#include "ui/models/profile.h"
#include "ui/text/draft.h"
#include "ui/text/placeholders.h"

#include <QtCore/QDateTime>

#include <optional>
#include <string>
#include <vector>

namespace castdeck::ui {

/// A message kept because it is sent often: a tile of the alert board. Channels, event and payload may hold
/// placeholders. A plain value.
struct Template {
    std::string id;
    QString name;
    QString folder;
    Draft draft;
    Profile::Color color = Profile::Color::Blue;
    std::string connection; ///< Sent through it; empty: through what is chosen on the page.
    std::string profileId;  ///< Shown while that profile is worked with; empty: always.
    QDateTime lastSent;     ///< Not valid: never.

    bool operator==(const Template&) const = default;
};

/// For the store. The id is the document's own.
std::string toJson(const Template& message);
/// Nothing when it is not one.
std::optional<Template> templateFrom(const std::string& id, const std::string& json);

/// For a file that others read: names, texts and places on the board, without when and whereto they were sent.
QByteArray exportTemplates(const std::vector<Template>& templates);
/// Ids are empty. Nothing when the file is no such file; `skipped` counts what could not be read in one.
struct ImportedTemplates {
    std::vector<Template> templates;
    std::size_t skipped = 0;
};
std::optional<ImportedTemplates> importTemplates(const QByteArray& file);

/// Five messages that show what a board is for.
std::vector<Template> sampleTemplates();

/// The parts of a draft that are filled in together.
PlaceholderSet placeholdersOf(const Draft& draft);

/// A draft filled in, or why it is not.
struct FilledDraft {
    Draft draft;
    QString problem; ///< One sentence with the place; empty when all is well.
};
FilledDraft fillIn(const Draft& draft, const PlaceholderSet& placeholders, const PlaceholderSet::Values& values);

/// Why such a draft makes no template, in one sentence; empty when it does.
QString problemOfTemplate(const Draft& draft);

/// "just now", "4 min ago", "today 14:03", "yesterday 14:03", "2 May 14:03"; empty for never.
QString lastSentWords(const QDateTime& at, const QDateTime& now);

} // namespace castdeck::ui
