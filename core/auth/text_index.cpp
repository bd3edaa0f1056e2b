#include "core/auth/text_index.h"

#include <deque>

namespace castdeck::auth {

namespace {

unsigned char folded(char c)
{
    return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

std::uint64_t keyOf(std::uint32_t state, char c)
{
    return (std::uint64_t{state} << 8) | folded(c);
}

} // namespace

void TextIndex::add(std::string_view text, std::uint32_t number)
{
    Node node = root;
    for (const char c : text) {
        const auto [step, isNew] = m_steps.try_emplace(keyOf(node, c), static_cast<Node>(m_states.size()));
        if (isNew)
            m_states.emplace_back();
        node = step->second;
    }
    m_states[node].numbers.push_back(number);
}

void TextIndex::finish()
{
    std::vector<std::vector<std::pair<char, Node>>> children(m_states.size());
    for (const auto& [key, node] : m_steps)
        children[key >> 8].emplace_back(static_cast<char>(key & 0xFF), node);
    // By distance from the root, so that the fallbacks of all shorter texts are known.
    std::deque<Node> waiting{root};
    while (!waiting.empty()) {
        const Node parent = waiting.front();
        waiting.pop_front();
        for (const auto& [c, node] : children[parent]) {
            State& state = m_states[node];
            state.fallback = parent == root ? root : next(m_states[parent].fallback, c);
            const State& fallback = m_states[state.fallback];
            state.shorter = fallback.numbers.empty() ? fallback.shorter : state.fallback;
            waiting.push_back(node);
        }
    }
}

void TextIndex::find(std::string_view text, std::vector<std::uint32_t>& numbers) const
{
    Node node = root;
    for (const char c : text) {
        node = next(node, c);
        for (Node end = node; end != root; end = m_states[end].shorter)
            numbers.insert(numbers.end(), m_states[end].numbers.begin(), m_states[end].numbers.end());
    }
}

const TextIndex::Node* TextIndex::step(Node from, char c) const
{
    const auto found = m_steps.find(keyOf(from, c));
    return found == m_steps.end() ? nullptr : &found->second;
}

TextIndex::Node TextIndex::next(Node from, char c) const
{
    for (Node node = from;; node = m_states[node].fallback) {
        if (const Node* const target = step(node, c))
            return *target;
        if (node == root)
            return root;
    }
}

} // namespace castdeck::auth
