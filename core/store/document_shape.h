#pragma once

#include <nlohmann/json.hpp>

#include <string_view>

/// The two shapes of `broadcasting.json`: connections under `connections`, or, in the older flat shape, each at the
/// top.
namespace castdeck::store {

using OrderedJson = nlohmann::ordered_json;

/// True for a top-level key that the program knows, whether this version uses it or keeps it.
bool isKnownTopLevelKey(std::string_view key);

/// It is the nested shape if it has `connections`. `document` is an object.
bool isFlatShape(const OrderedJson& document);

/// The same in the nested shape: what has a driver at the top moves under `connections`.
OrderedJson toNestedShape(const OrderedJson& document);

} // namespace castdeck::store
