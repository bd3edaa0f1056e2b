#pragma once

#include "ui/text/json_text.h"

#include <QtCore/QString>

#include <map>
#include <optional>
#include <string>
#include <vector>

/// Places in a text that are filled in before it is sent: `{{minutes:number=10}}`, `{{text:long}}`,
/// `{{level:choice(info,warn,critical)}}`, `{{order:json}}`, `{{name}}`. `{{"{{"}}` stands for two braces. All other
/// bytes stay as they are. Pure functions; sentences are for people.
namespace castdeck::ui {

enum class FieldType { Text, Long, Number, Choice, Json };

struct Placeholder {
    std::string name;
    FieldType type = FieldType::Text;
    std::vector<std::string> choices{};
    std::optional<std::string> preset{}; ///< After `=`. An empty one allows the value to be empty.

    bool operator==(const Placeholder&) const = default;
};

/// What cannot be read or filled in, and where in the text it stands.
struct PlaceholderMistake {
    QString sentence;
    TextPlace place;
};

/// How a value is written: in JSON by its position, between quotes escaped, elsewhere as a whole JSON value.
enum class Syntax { Plain, Json };

/// A text taken apart.
class PlaceholderText {
public:
    PlaceholderText(std::string text, Syntax syntax);

    const std::optional<PlaceholderMistake>& mistake() const noexcept { return m_mistake; }
    bool isEmpty() const noexcept { return m_holes.empty(); } ///< There is nothing to fill in.

private:
    friend class PlaceholderSet;
    struct Hole {
        std::size_t offset = 0;
        std::size_t length = 0;
        bool isInString = false;
        bool isTyped = false;                 ///< Says more than its name.
        std::optional<std::string> literal{}; ///< Stands for these bytes, and has no name.
        Placeholder field{};
    };
    void read();
    std::size_t readHole(std::size_t offset, bool isInString);
    bool readSpecification(Hole& hole, std::string_view inner);
    bool readType(Hole& hole, std::string_view type);
    void fail(std::size_t offset, QString sentence);

    std::string m_text;
    Syntax m_syntax;
    std::vector<Hole> m_holes;
    std::optional<PlaceholderMistake> m_mistake;
};

/// The placeholders of several texts that are filled in together: a name may stand in each of them.
class PlaceholderSet {
public:
    using Values = std::map<std::string, std::string, std::less<>>;
    struct Rendering {
        std::string text;
        std::optional<PlaceholderMistake> mistake{};
    };

    explicit PlaceholderSet(std::vector<PlaceholderText> texts);

    /// Of any of the texts, the first.
    const std::optional<PlaceholderMistake>& mistake() const noexcept { return m_mistake; }
    /// Each name once, in the order in which they are met.
    const std::vector<Placeholder>& fields() const noexcept { return m_fields; }
    /// The text with that index, filled in. A name without a value is a mistake, never an empty text.
    Rendering render(std::size_t index, const Values& values) const;

private:
    void collect(const PlaceholderText& text);
    const Placeholder& fieldNamed(const std::string& name) const;

    std::vector<PlaceholderText> m_texts;
    std::vector<Placeholder> m_fields;
    std::vector<bool> m_isTyped; ///< For each field, whether a place has told its type.
    std::optional<PlaceholderMistake> m_mistake;
};

/// Why a value does not suit a field; empty when it does.
QString problemOfValue(const Placeholder& field, const std::string& value);

/// What the field starts with: its preset, the first of its choices, or nothing.
std::string presetOf(const Placeholder& field);

} // namespace castdeck::ui
