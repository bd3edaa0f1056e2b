#include "ui/models/log_filter.h"

#include "ui/models/event_words.h"
#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <array>
#include <string_view>

namespace castdeck::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("LogFilter", text);
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string_view text)
{
    std::string result{text};
    std::ranges::transform(result, result.begin(), lower);
    return result;
}

/// `needle` is in lower case.
bool contains(std::string_view text, std::string_view needle)
{
    const auto same = [](char a, char b) { return lower(a) == b; };
    return std::ranges::search(text, needle, same).begin() != text.end() || needle.empty();
}

/// The whole `text` against a lower-case pattern in which `*` stands for any text.
bool matchesPattern(std::string_view text, std::string_view pattern)
{
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && pattern[p] == lower(text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

struct Word {
    QString text;
    int from;
    int length;
    bool isQuoted; ///< The whole word, so that a colon in it is no key.
};

/// Splits at blanks outside quotes; quotes vanish.
std::vector<Word> wordsOf(const QString& line)
{
    std::vector<Word> words;
    static const QRegularExpression pattern{QStringLiteral(R"((?:[^\s"]|"[^"]*"?)+)")};
    for (auto it = pattern.globalMatch(line); it.hasNext();) {
        const auto match = it.next();
        QString text = match.captured();
        const bool isQuoted = text.startsWith(u'"') || text.startsWith(QStringLiteral("-\""));
        text.remove(u'"');
        words.push_back(
            {text, static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()), isQuoted});
    }
    return words;
}

} // namespace

LogFilter::Parsed LogFilter::parse(const QString& line)
{
    LogFilter filter;
    for (const Word& word : wordsOf(line)) {
        Term term;
        if (const auto sentence = readTerm(word.text, word.isQuoted, term))
            return {std::nullopt, {*sentence, word.from, word.length}};
        filter.m_terms.push_back(std::move(term));
    }
    return {std::move(filter), {}};
}

std::optional<QString> LogFilter::readTerm(const QString& word, bool isQuoted, Term& term)
{
    struct KeyName {
        const char* name;
        Key key;
    };
    static constexpr std::array keys{
        KeyName{"channel", Key::Channel}, KeyName{"event", Key::Event}, KeyName{"type", Key::Type},
        KeyName{"socket", Key::Socket},   KeyName{"user", Key::User},   KeyName{"app", Key::App},
        KeyName{"dir", Key::Direction},   KeyName{"size", Key::Size},   KeyName{"code", Key::Code},
    };
    QString rest = word;
    term.isNegated = rest.size() > 1 && rest.startsWith(u'-');
    if (term.isNegated)
        rest.remove(0, 1);
    static const QRegularExpression keyed{QStringLiteral("^([a-z]+):(.*)$"),
                                          QRegularExpression::DotMatchesEverythingOption};
    const auto match = keyed.match(rest);
    if (isQuoted || !match.hasMatch()) {
        term.text = lowered(toStd(rest));
        return std::nullopt;
    }
    const QString name = match.captured(1);
    const QString value = match.captured(2);
    const auto it = std::ranges::find_if(keys, [&](const KeyName& key) { return name == QLatin1String{key.name}; });
    if (it == keys.end())
        return tr("There is no key “%1”: use channel, event, type, socket, user, app, dir, size or code, "
                  "or put the word in quotes.")
            .arg(name);
    term.key = it->key;
    if (value.isEmpty())
        return tr("A value is missing after “%1:”.").arg(name);
    if (term.key == Key::Size || term.key == Key::Code)
        return readNumber(value, term);
    term.text = lowered(toStd(value));
    addKinds(term);
    if (term.key == Key::Type && term.kinds == 0)
        return tr("No row has the type “%1”: try api, client, presence, connection, subscribed or error.").arg(value);
    if (term.key == Key::Direction && term.kinds == 0)
        return tr("A direction is in, out or self.");
    return std::nullopt;
}

void LogFilter::addKinds(Term& term)
{
    for (std::size_t i = 0; i < engine::eventKindCount; ++i) {
        const EventLook look = lookOf(static_cast<engine::EventKind>(i));
        const QString name = term.key == Key::Direction ? wordOf(look.direction) : look.keyword;
        if (matchesPattern(toStd(name), term.text))
            term.kinds |= 1U << i;
    }
}

std::optional<QString> LogFilter::readNumber(const QString& value, Term& term)
{
    QString digits = value;
    if (digits.startsWith(u'>') || digits.startsWith(u'<')) {
        term.compare = digits.startsWith(u'>') ? Compare::Above : Compare::Below;
        digits.remove(0, 1);
    }
    bool isNumber = false;
    term.number = digits.toULongLong(&isNumber);
    if (!isNumber)
        return tr("“%1” is not a number; write size:>500 or code:4009.").arg(value);
    return std::nullopt;
}

bool LogFilter::accepts(const engine::Event& event) const
{
    return std::ranges::all_of(m_terms, [&](const Term& term) { return holds(term, event) != term.isNegated; });
}

bool LogFilter::holds(const Term& term, const engine::Event& event)
{
    const auto number = [&](std::size_t value) {
        switch (term.compare) {
        case Compare::Above: return value > term.number;
        case Compare::Below: return value < term.number;
        case Compare::Matches: return value == term.number;
        }
        return false;
    };
    switch (term.key) {
    case Key::Anywhere: return isAnywhere(term.text, event);
    case Key::Channel: return matchesPattern(event.channel, term.text);
    case Key::Event: return matchesPattern(event.event, term.text);
    case Key::Type:
    case Key::Direction: return (term.kinds & (1U << static_cast<unsigned>(event.kind))) != 0;
    case Key::Socket: return matchesPattern(event.socketId, term.text);
    case Key::User: return matchesPattern(event.userId, term.text);
    case Key::App: return matchesPattern(event.appId, term.text);
    case Key::Size: return number(event.payload ? event.payload->size() : 0);
    case Key::Code: return event.code >= 0 && number(static_cast<std::size_t>(event.code));
    }
    return false;
}

bool LogFilter::isAnywhere(const std::string& text, const engine::Event& event)
{
    return contains(event.channel, text) || contains(event.event, text) || contains(event.socketId, text) ||
           contains(event.userId, text) || contains(event.detail, text) ||
           (event.payload && contains(*event.payload, text));
}

} // namespace castdeck::ui
