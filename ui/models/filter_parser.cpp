#include "ui/models/filter_parser.h"

#include "ui/models/event_words.h"
#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <array>
#include <charconv>

namespace castdeck::ui {

namespace {

constexpr int maxDepth = 32;

QString tr(const char* text)
{
    return QCoreApplication::translate("LogFilter", text);
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

QString shown(std::string_view text)
{
    return shownText(text, 60);
}

/// What the number may have at its end: size:>10k.
std::uint64_t factorOf(std::string_view unit, bool& isKnown)
{
    isKnown = true;
    if (unit.empty() || unit == "b")
        return 1;
    if (unit == "k" || unit == "kb")
        return 1'024;
    if (unit == "m" || unit == "mb")
        return std::uint64_t{1'024} * 1'024;
    isKnown = false;
    return 1;
}

} // namespace

LogFilter::Parsed LogFilter::parse(const QString& line, WallTime clock)
{
    return FilterParser{line, clock}.run();
}

FilterParser::FilterParser(const QString& line, WallTime clock) : m_line{toStd(line)}, m_clock{clock} {}

LogFilter::Parsed FilterParser::run()
{
    skipBlanks();
    LogFilter filter;
    if (atEnd())
        return {filter, {}};
    Node root;
    const bool isRead = readAny(root);
    if (isRead && !atEnd())
        fail(tr("This bracket closes none: write ( before what belongs together."), m_at, 1);
    if (!isRead || !atEnd())
        return {std::nullopt, m_mistake};
    LogFilter::sortByCost(root);
    filter.m_root = std::make_shared<const Node>(std::move(root));
    return {std::move(filter), {}};
}

bool FilterParser::readAny(Node& node)
{
    if (!readAll(node))
        return false;
    while (isAtOr()) {
        m_at += 2;
        if (node.operation != LogFilter::Operation::Any) {
            Node any;
            any.operation = LogFilter::Operation::Any;
            any.children.push_back(std::move(node));
            node = std::move(any);
        }
        Node next;
        if (!readAll(next))
            return false;
        node.children.push_back(std::move(next));
    }
    return true;
}

bool FilterParser::readAll(Node& node)
{
    std::vector<Node> parts;
    for (skipBlanks(); !atEnd() && m_line[m_at] != ')' && !isAtOr(); skipBlanks()) {
        Node part;
        if (!readOne(part))
            return false;
        parts.push_back(std::move(part));
    }
    if (parts.empty()) {
        if (isAtOr())
            return fail(tr("Something to look for is missing before “or”; put the word in quotes to look for it."),
                        m_at, 2);
        const std::size_t from = atEnd() ? m_line.find_last_not_of(" \t\r\n") : m_at;
        return fail(tr("Something to look for is missing here."), from, 1);
    }
    if (parts.size() == 1) {
        node = std::move(parts.front());
    } else {
        node.operation = LogFilter::Operation::All;
        node.children = std::move(parts);
    }
    return true;
}

bool FilterParser::readOne(Node& node)
{
    const bool isNegated = m_line[m_at] == '-' && m_at + 1 < m_line.size() && !isBlank(m_line[m_at + 1]) &&
                           m_line[m_at + 1] != ')' && m_line[m_at + 1] != '-';
    if (isNegated) {
        ++m_at;
        Node inner;
        if (!(m_line[m_at] == '(' ? readGroup(inner) : readTerm(inner)))
            return false;
        node.operation = LogFilter::Operation::Not;
        node.children.push_back(std::move(inner));
        return true;
    }
    return m_line[m_at] == '(' ? readGroup(node) : readTerm(node);
}

bool FilterParser::readGroup(Node& node)
{
    const std::size_t from = m_at++;
    if (++m_depth > maxDepth)
        return fail(tr("Brackets may stand in each other at most %1 times.").arg(maxDepth), from, 1);
    if (!readAny(node))
        return false;
    skipBlanks();
    if (atEnd())
        return fail(tr("This bracket is not closed: write ) after what belongs together."), from, 1);
    ++m_at;
    --m_depth;
    return true;
}

/// Up to a blank or a bracket that closes none of the word's own; neither counts in quotes.
bool FilterParser::readWord(Word& word)
{
    const std::size_t from = m_at;
    int depth = 0;
    while (!atEnd()) {
        const char c = m_line[m_at];
        if (c == '"') {
            const std::size_t quote = m_at++;
            while (!atEnd() && m_line[m_at] != '"')
                m_at += m_line[m_at] == '\\' && m_at + 1 < m_line.size() ? 2 : 1;
            if (atEnd())
                return fail(tr("The closing quote is missing."), quote, m_line.size() - quote);
        } else if (isBlank(c) || (c == ')' && depth == 0)) {
            break;
        } else if (c == '(' || c == ')') {
            depth += c == '(' ? 1 : -1;
        }
        ++m_at;
    }
    word = {std::string_view{m_line}.substr(from, m_at - from), from};
    return true;
}

bool FilterParser::readTerm(Node& node)
{
    Word word;
    if (!readWord(word))
        return false;
    std::size_t colon = 0;
    while (colon < word.text.size() && word.text[colon] >= 'a' && word.text[colon] <= 'z')
        ++colon;
    if (colon > 0 && colon < word.text.size() && word.text[colon] == ':')
        return readKeyed(word, colon, node.term);
    node.term.pattern = TextPattern::read(word.text);
    QString text = shown(word.text);
    node.term.words = text.startsWith(u'"') ? text : QStringLiteral("“%1”").arg(text);
    return true;
}

bool FilterParser::readKeyed(const Word& word, std::size_t colon, Term& term)
{
    struct TextKey {
        std::string_view name;
        Key key;
    };
    static constexpr std::array texts{
        TextKey{"channel", Key::Channel}, TextKey{"event", Key::Event}, TextKey{"socket", Key::Socket},
        TextKey{"user", Key::User},       TextKey{"app", Key::App},
    };
    const std::string_view name = word.text.substr(0, colon);
    const std::string_view value = word.text.substr(colon + 1);
    term.words = tr("%1 is %2").arg(shown(name), shown(value));
    const auto text = std::ranges::find(texts, name, &TextKey::name);
    const bool isOther = name == "type" || name == "dir" || name == "size" || name == "status" || name == "since" ||
                         name == "time" || name == "json";
    if (text == texts.end() && !isOther)
        return fail(tr("There is no key “%1”: use channel, event, type, socket, user, app, dir, size, status, time, "
                       "since or json, or put the word in quotes.")
                        .arg(shown(name)),
                    word.from, colon + 1);
    if (value.empty())
        return fail(tr("A value is missing after “%1:”.").arg(shown(name)), word);
    if (text != texts.end()) {
        term.key = text->key;
        term.pattern = TextPattern::read(value);
        return true;
    }
    if (name == "type" || name == "dir")
        return readKinds(word, value, name == "dir", term);
    if (name == "since")
        return readSince(word, value, term);
    if (name == "time")
        return readTime(word, value, term);
    if (name == "json")
        return readJson(word, value, term);
    term.key = name == "size" ? Key::Size : Key::Status;
    return readNumber(word, value, term);
}

bool FilterParser::readKinds(const Word& word, std::string_view value, bool isDirection, Term& term)
{
    term.key = Key::Kinds;
    const TextPattern pattern = TextPattern::read(value);
    for (std::size_t i = 0; i < engine::eventKindCount; ++i) {
        const EventLook look = lookOf(static_cast<engine::EventKind>(i));
        if (pattern.matches(toStd(isDirection ? wordOf(look.direction) : look.keyword)))
            term.kinds |= 1U << i;
    }
    if (term.kinds != 0)
        return true;
    return fail(isDirection
                    ? tr("A direction is in, out or self.")
                    : tr("No row has the type “%1”: try api, client, presence, connection, subscribed, *error or *.")
                          .arg(shown(value)),
                word);
}

bool FilterParser::readNumber(const Word& word, std::string_view value, Term& term)
{
    using Compare = LogFilter::Compare;
    std::string_view digits = value;
    const auto take = [&](std::string_view sign) {
        const bool isThere = digits.starts_with(sign);
        digits.remove_prefix(isThere ? sign.size() : 0);
        return isThere;
    };
    if (take(">="))
        term.compare = Compare::AtLeast;
    else if (take("<="))
        term.compare = Compare::AtMost;
    else if (take(">"))
        term.compare = Compare::Above;
    else if (take("<"))
        term.compare = Compare::Below;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), term.number);
    bool isUnitKnown = false;
    const std::string_view unit = digits.substr(static_cast<std::size_t>(end - digits.data()));
    const std::uint64_t factor = factorOf(unit, isUnitKnown);
    const bool isTooLarge = term.number > UINT64_MAX / factor;
    if (error != std::errc{} || !isUnitKnown || isTooLarge || (term.key == Key::Status && !unit.empty()))
        return fail(tr("“%1” is not a number; write size:>500, size:>10k or status:>=4000.").arg(shown(value)), word);
    term.number *= factor;
    if (term.compare != Compare::Equal)
        term.words = QStringLiteral("%1 %2").arg(shown(word.text.substr(0, word.text.find(':'))), shown(value));
    return true;
}

bool FilterParser::readSince(const Word& word, std::string_view value, Term& term)
{
    term.key = Key::Time;
    term.words = tr("since %1").arg(shown(value));
    if (const auto duration = readDuration(value)) {
        term.from = m_clock - *duration;
        return true;
    }
    if (const auto moment = readMoment(value, m_clock)) {
        term.from = moment->from;
        return true;
    }
    return fail(tr("“%1” is no time: write since:5m, since:14:03 or since:2026-05-04T14:03.").arg(shown(value)), word);
}

bool FilterParser::readTime(const Word& word, std::string_view value, Term& term)
{
    term.key = Key::Time;
    const std::size_t sign = std::min(value.find_first_not_of("<>="), value.size());
    const std::string_view compare = value.substr(0, sign);
    const auto moment = readMoment(value.substr(sign), m_clock);
    if (!moment || !(compare.empty() || compare == "<" || compare == ">" || compare == "<=" || compare == ">="))
        return fail(tr("“%1” is no time: write time:14:03, time:>14:03:20 or time:2026-05-04.").arg(shown(value)),
                    word);
    const WallTime end = moment->from + moment->length;
    if (compare.empty()) {
        term.from = moment->from;
        term.to = end;
    } else if (compare.starts_with('>')) {
        term.from = moment->from;
    } else {
        term.to = compare == "<" ? moment->from : end;
    }
    return true;
}

bool FilterParser::readJson(const Word& word, std::string_view value, Term& term)
{
    using Expected = JsonCondition::Expected;
    term.key = Key::Json;
    term.words = tr("payload has %1").arg(shown(value));
    JsonCondition::Parsed parsed = JsonCondition::parse(value);
    if (parsed.condition) {
        term.json = std::move(*parsed.condition);
        return true;
    }
    const auto sentence = [expected = parsed.mistake.expected] {
        switch (expected) {
        case Expected::Dollar: return tr("A path starts with $, as in json:$.order.total>100.");
        case Expected::StepOrComparison: return tr("Expected .name, [0], or one of = != < > <= >= here.");
        case Expected::Name:
            return tr("Expected a name after the dot; write $[\"a b\"] for one with other characters.");
        case Expected::Index: return tr("Expected a number, * or a name in quotes, and then ].");
        case Expected::Value: return tr("Expected a number, a text, true, false or null after the comparison.");
        case Expected::ClosingQuote: return tr("The closing quote is missing.");
        case Expected::NumberOrText: return tr("Only numbers and texts have an order; compare with = or !=.");
        }
        return QString{};
    };
    const std::size_t start = word.from + (word.text.size() - value.size());
    const std::size_t from = start + std::min(parsed.mistake.at, value.size() - 1);
    return fail(sentence(), from, word.from + word.text.size() - from);
}

bool FilterParser::fail(const QString& sentence, std::size_t from, std::size_t length)
{
    const auto units = [this](std::size_t bytes) {
        return static_cast<int>(toQt(std::string_view{m_line}.substr(0, bytes)).size());
    };
    m_mistake.sentence = sentence;
    m_mistake.from = units(from);
    m_mistake.length = std::max(1, units(std::min(from + length, m_line.size())) - m_mistake.from);
    return false;
}

bool FilterParser::fail(const QString& sentence, const Word& word)
{
    return fail(sentence, word.from, word.text.size());
}

void FilterParser::skipBlanks()
{
    while (!atEnd() && isBlank(m_line[m_at]))
        ++m_at;
}

bool FilterParser::isAtOr() const
{
    const std::string_view rest = std::string_view{m_line}.substr(std::min(m_at, m_line.size()));
    return (rest.starts_with("or") || rest.starts_with("OR")) &&
           (rest.size() == 2 || isBlank(rest[2]) || rest[2] == '(' || rest[2] == ')');
}

} // namespace castdeck::ui
