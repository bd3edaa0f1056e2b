#include "ui/models/log_filter.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>

namespace castdeck::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("LogFilter", text);
}

} // namespace

LogFilter LogFilter::both(LogFilter a, LogFilter b)
{
    if (a.isEmpty())
        return b;
    if (b.isEmpty())
        return a;
    Node node;
    node.operation = Operation::All;
    node.children = {*a.m_root, *b.m_root};
    sortByCost(node);
    LogFilter result;
    result.m_root = std::make_shared<const Node>(std::move(node));
    return result;
}

/// Of the children, and the cost of the node itself; what is asked in vain should be asked last.
void LogFilter::sortByCost(Node& node)
{
    constexpr int textEverywhere = 20;
    constexpr int json = 50;
    if (node.operation == Operation::Term) {
        node.cost = node.term.key == Key::Json ? json : node.term.key == Key::Anywhere ? textEverywhere : 1;
        return;
    }
    node.cost = 0;
    for (Node& child : node.children) {
        sortByCost(child);
        node.cost += child.cost;
    }
    std::ranges::stable_sort(node.children, {}, &Node::cost);
}

bool LogFilter::accepts(const engine::Event& event) const
{
    return !m_root || holds(*m_root, event);
}

bool LogFilter::holds(const Node& node, const engine::Event& event)
{
    switch (node.operation) {
    case Operation::Term: return holds(node.term, event);
    case Operation::Not: return !holds(node.children.front(), event);
    case Operation::All:
        for (const Node& child : node.children) {
            if (!holds(child, event))
                return false;
        }
        return true;
    case Operation::Any:
        for (const Node& child : node.children) {
            if (holds(child, event))
                return true;
        }
        return false;
    }
    return false;
}

bool LogFilter::holds(const Term& term, const engine::Event& event)
{
    const auto number = [&](std::uint64_t value) {
        switch (term.compare) {
        case Compare::Above: return value > term.number;
        case Compare::Below: return value < term.number;
        case Compare::AtLeast: return value >= term.number;
        case Compare::AtMost: return value <= term.number;
        case Compare::Equal: return value == term.number;
        }
        return false;
    };
    switch (term.key) {
    case Key::Anywhere: return isAnywhere(term.pattern, event);
    case Key::Channel: return term.pattern.matches(event.channel);
    case Key::Event: return term.pattern.matches(event.event);
    case Key::Socket: return term.pattern.matches(event.socketId);
    case Key::User: return term.pattern.matches(event.userId);
    case Key::App: return term.pattern.matches(event.appId);
    case Key::Kinds: return (term.kinds & (1U << static_cast<unsigned>(event.kind))) != 0;
    case Key::Size: return number(event.payload ? event.payload->size() : 0);
    case Key::Status: return event.code > 0 && number(static_cast<std::uint64_t>(event.code));
    case Key::Time: return event.at >= term.from && event.at < term.to;
    case Key::Json: return event.payload && term.json.holds(*event.payload);
    }
    return false;
}

bool LogFilter::isAnywhere(const TextPattern& pattern, const engine::Event& event)
{
    return pattern.isIn(event.channel) || pattern.isIn(event.event) || pattern.isIn(event.socketId) ||
           pattern.isIn(event.userId) || pattern.isIn(event.detail) || (event.payload && pattern.isIn(*event.payload));
}

QString LogFilter::description() const
{
    return m_root ? describe(*m_root) : QString{};
}

QString LogFilter::describe(const Node& node)
{
    if (node.operation == Operation::Term)
        return node.term.words;
    QStringList parts;
    for (const Node& child : node.children) {
        const bool needsBrackets = child.operation == Operation::Any || child.operation == Operation::All;
        parts << (needsBrackets ? QStringLiteral("(%1)").arg(describe(child)) : describe(child));
    }
    if (node.operation == Operation::Not)
        return tr("not %1").arg(parts.first());
    return parts.join(node.operation == Operation::All ? tr(" and ") : tr(" or "));
}

} // namespace castdeck::ui
