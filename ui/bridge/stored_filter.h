#pragma once

#include "core/store/archive_query.h"
#include "ui/models/log_filter.h"

#include <memory>

namespace castdeck::ui {

/// The filter of the live log as a question to the archive: a row on disk is found by the line that shows it in memory.
/// Texts are judged by the filter's own patterns and paths, on the thread of the archive.
class StoredFilter {
public:
    static store::LogCondition conditionOf(const LogFilter& filter);
    /// One bit for each engine::EventKind that may be; 0 for all.
    static store::LogCondition conditionOf(std::uint32_t kinds);

private:
    using Node = LogFilter::Node;
    using Term = LogFilter::Term;
    using Root = std::shared_ptr<const Node>; ///< Kept by whatever points into it.

    static store::LogCondition ofNode(const Root& root, const Node& node);
    static store::LogCondition ofTerm(const Root& root, const Term& term);
    static store::LogCondition whole(const Root& root, const Term& term, store::LogCondition::Column column);
    static store::LogCondition compared(const Term& term, store::LogCondition::Column column, std::int64_t least);
};

} // namespace castdeck::ui
