#include "ui/text/fuzzy.h"

namespace castdeck::ui {

namespace {

constexpr int perLetter = 1;
constexpr int atWordStart = 8;
constexpr int inARow = 5;
constexpr int asWritten = 20;

bool startsWord(QStringView text, qsizetype at)
{
    return at == 0 || (!text[at - 1].isLetterOrNumber() && text[at].isLetterOrNumber());
}

/// Looks for the letter at a word start first, so that "nl" finds the N and L of "Next Live".
qsizetype find(QStringView text, QChar letter, qsizetype from, bool followsHit)
{
    if (followsHit && from < text.size() && text[from].toCaseFolded() == letter)
        return from;
    qsizetype first = -1;
    for (qsizetype i = from; i < text.size(); ++i) {
        if (text[i].toCaseFolded() != letter)
            continue;
        if (startsWord(text, i))
            return i;
        if (first < 0)
            first = i;
    }
    return first;
}

std::optional<int> scoreFrom(QStringView typed, QStringView text, bool prefersWordStarts)
{
    int score = 0;
    qsizetype at = 0;
    bool wasHit = false;
    for (const QChar raw : typed) {
        if (raw.isSpace()) {
            wasHit = false;
            continue;
        }
        const QChar letter = raw.toCaseFolded();
        const qsizetype hit =
            prefersWordStarts ? find(text, letter, at, wasHit) : text.indexOf(letter, at, Qt::CaseInsensitive);
        if (hit < 0)
            return std::nullopt;
        score += perLetter + (startsWord(text, hit) ? atWordStart : 0) + (wasHit && hit == at ? inARow : 0);
        at = hit + 1;
        wasHit = true;
    }
    return score;
}

} // namespace

std::optional<int> fuzzyScore(QStringView typed, QStringView text)
{
    // A letter taken at a later word start may leave too little for the rest; the plain way decides then.
    const auto score = scoreFrom(typed, text, true);
    const auto plain = scoreFrom(typed, text, false);
    if (!plain)
        return std::nullopt;
    const qsizetype whole = text.indexOf(typed.trimmed(), 0, Qt::CaseInsensitive);
    const bool isWritten = whole >= 0 && startsWord(text, whole);
    const int best = std::max(score.value_or(0), *plain) + (isWritten ? asWritten : 0);
    return best * 100 - static_cast<int>(std::min<qsizetype>(text.size(), 99)); // Of two equal ones, the shorter.
}

} // namespace castdeck::ui
