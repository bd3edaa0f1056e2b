#include "ui/text/paste_blocks.h"

#include "core/base/ascii.h"
#include "ui/text/shown_text.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace castdeck::ui::paste {

namespace {

std::string_view calleeOf(const Block& block)
{
    const std::size_t at = block.label.find_last_of(".\\:");
    return at == std::string::npos ? std::string_view{block.label} : std::string_view{block.label}.substr(at + 1);
}

bool isLibraryCall(const Block& block)
{
    const std::string callee = toLower(calleeOf(block));
    return block.isCall && (callee == "pusher" || callee == "echo" || block.label.find("Pusher") != std::string::npos ||
                            block.label.find("pusher.") != std::string::npos);
}

QString placeOf(const std::vector<Block>& blocks, std::size_t index)
{
    QStringList names;
    for (std::size_t at = index, depth = 0; at != 0 && depth < 4; at = blocks[at].parent, ++depth) {
        const Block& block = blocks[at];
        if (block.isCall) {
            const QString shape = block.isNew ? QStringLiteral("new %1(…)") : QStringLiteral("%1(…)");
            return shape.arg(shownText(block.label, 40));
        }
        if (!block.label.empty())
            names.prepend(shownText(block.label, 40));
    }
    return names.join(QLatin1Char{'.'});
}

QString sourceOf(const std::vector<Block>& blocks, std::size_t index, const std::string& name)
{
    const QString place = placeOf(blocks, index);
    const QString shown = shownText(name, 64);
    return place.isEmpty() ? shown : translated(QT_TRANSLATE_NOOP("Paste", "%1 in %2")).arg(shown, place);
}

/// Constructors that take credentials by place. JavaScript: key. PHP: key, secret, id. Python and Java: id, key,
/// secret.
void readArguments(const Block& block, Variables& variables, const QString& place, Findings& found)
{
    if (!isLibraryCall(block) || toLower(calleeOf(block)) == "echo" || block.arguments.empty())
        return;
    std::vector<std::string> texts;
    for (const Value& argument : block.arguments)
        texts.push_back(variables.resolve(argument));
    const auto put = [&](Meaning meaning, std::size_t at) {
        if (at < texts.size())
            found.put(meaning, texts[at], place);
    };
    if (texts.size() < 3)
        return put(Meaning::Key, 0);
    const bool idIsFirst = !block.isNew || (isDigits(texts[0]) && !isDigits(texts[2]));
    put(Meaning::AppId, idIsFirst ? 0 : 2);
    put(Meaning::Key, idIsFirst ? 1 : 0);
    put(Meaning::Secret, idIsFirst ? 2 : 1);
}

void readPairs(const std::vector<Block>& blocks, std::size_t index, Variables& variables, Findings& found)
{
    for (const Pair& pair : blocks[index].pairs) {
        const VariableName variable = variableOf(pair.name);
        const auto meaning = variable.family.empty() ? meaningOf(pair.name) : variable.meaning;
        if (!meaning)
            continue;
        if (found[*meaning])
            continue;
        const std::string text = variables.resolve(pair.value);
        if (*meaning == Meaning::Address)
            found.fillFrom(readAddress(text, false));
        else if (text != "0.0.0.0")
            found.put(*meaning, text, sourceOf(blocks, index, pair.name));
    }
}

/// The name that a settings file gives to what it uses; on the outermost level first.
std::string defaultOf(const std::vector<Block>& blocks)
{
    std::string wanted;
    for (const Pair& pair : blocks.front().pairs) {
        if (pair.name == "default")
            wanted = pair.value.text;
    }
    for (const Block& block : blocks) {
        for (const Pair& pair : block.pairs) {
            if (wanted.empty() && pair.name == "default")
                wanted = pair.value.text;
        }
    }
    return wanted;
}

/// The blocks of one text, each with what it says itself.
class BlockFindings {
public:
    BlockFindings(const std::vector<Block>& blocks, Variables& variables) : m_blocks{blocks}, m_own(blocks.size())
    {
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            readPairs(blocks, i, variables, m_own[i]);
            readArguments(blocks[i], variables, placeOf(blocks, i), m_own[i]);
        }
        m_whole = m_own;
        for (std::size_t i = blocks.size(); i-- > 1;)
            giveToOuter(i);
    }

    Findings best() const
    {
        const std::string wanted = defaultOf(m_blocks);
        Findings best;
        int bestScore = 0;
        for (std::size_t i = 0; i < m_blocks.size(); ++i) {
            if (!isCandidate(i))
                continue;
            Findings found = withAround(i);
            const int score = 10 * found.credentials() + found.count() +
                              (!wanted.empty() && m_blocks[i].label == wanted ? 20 : 0) +
                              (isLibraryCall(m_blocks[i]) ? 5 : 0);
            if (score > bestScore) {
                best = std::move(found);
                bestScore = score;
            }
        }
        return best;
    }

private:
    bool isCandidate(std::size_t i) const
    {
        const Findings& found = m_own[i];
        const bool hasStrong = found[Meaning::Key] || found[Meaning::Secret] ||
                               (found[Meaning::AppId] && (found[Meaning::Host] || found[Meaning::Cluster]));
        return isLibraryCall(m_blocks[i]) || hasStrong;
    }

    /// To the nearest block around it that could be the one.
    void giveToOuter(std::size_t i)
    {
        constexpr int nearest = 3;
        std::size_t around = m_blocks[i].parent;
        for (int depth = 0; depth < nearest; ++depth, around = m_blocks[around].parent) {
            if (isCandidate(around) && (around != 0 || m_blocks[i].parent == 0)) {
                if (!isCandidate(i) || isLibraryCall(m_blocks[around]))
                    m_whole[around].fillFrom(m_own[i]);
                return;
            }
            if (around == 0)
                return;
        }
    }

    /// Which applications a server has, and where it listens, stand beside each other.
    Findings withAround(std::size_t i) const
    {
        constexpr int farthest = 6;
        Findings found = m_whole[i];
        std::size_t around = m_blocks[i].parent;
        for (int depth = 0; i != 0 && depth < farthest; ++depth, around = m_blocks[around].parent) {
            for (const Meaning meaning :
                 {Meaning::Host, Meaning::Port, Meaning::Scheme, Meaning::Path, Meaning::UsesTls}) {
                if (m_own[around][meaning] && !isCandidate(around))
                    found.put(meaning, m_own[around][meaning]->text, m_own[around][meaning]->source);
            }
            if (around == 0)
                break;
        }
        return found;
    }

    const std::vector<Block>& m_blocks;
    std::vector<Findings> m_own;
    std::vector<Findings> m_whole; ///< With what stands within.
};

} // namespace

Findings readBlocks(const Scan& scan, Variables& variables)
{
    return BlockFindings{scan.blocks, variables}.best();
}

} // namespace castdeck::ui::paste
