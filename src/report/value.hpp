// The answer as data: a tree of named, typed values. JSON and `--get` read this and nothing else.
#pragma once

#include "roofline/units/measure.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace roofline {

/// The end of a JSON key that names its unit: "bytes", "s", "usd_per_1m_tokens"; "" for a number.
std::string unit_suffix(Dimension dimension, Currency currency = Currency::usd);

/// What numbers under a key with such an end count: "tpot_s" are seconds; a number without one.
Dimension dimension_of(std::string_view key);

/// The number that JSON and CSV print for a measure: base units, except money per hour.
double machine_value(const Measure& measure);

struct Value;
using List = std::vector<Value>;

/// Members in the order they were added.
class Record {
  public:
    Record();
    Record(const Record& other);
    Record(Record&& other) noexcept;
    Record& operator=(const Record& other);
    Record& operator=(Record&& other) noexcept;
    ~Record();

    /// Adds a member. For a measure the key gets its unit: ("bound", 4 ms) is "bound_s".
    Record& add(std::string_view name, Value value);

    /// An unknown quantity: null, under the same key that a known one would have.
    template <Dimension D>
    Record& add(std::string_view name, std::optional<Quantity<D>> quantity);

    const std::vector<std::pair<std::string, Value>>& members() const { return members_; }
    const Value* find(std::string_view key) const;

  private:
    void add_keyed(std::string key, Value value);
    std::vector<std::pair<std::string, Value>> members_;
};

struct Value {
    std::variant<std::monostate, bool, double, std::string, Measure, List, Record> data;

    // Defined once: every file that holds a report would else carry its own copy of them.
    Value();
    Value(const Value& other);
    Value(Value&& other) noexcept;
    Value& operator=(const Value& other);
    Value& operator=(Value&& other) noexcept;
    ~Value();

    Value(bool flag) : data(flag) {}                           // NOLINT: leaves convert
    Value(double number) : data(number) {}                     // NOLINT
    Value(int number) : data(static_cast<double>(number)) {}   // NOLINT
    Value(std::string text) : data(std::move(text)) {}         // NOLINT
    Value(std::string_view text) : data(std::string(text)) {}  // NOLINT
    Value(const char* text) : data(std::string(text)) {}       // NOLINT
    Value(Measure measure) : data(measure) {}                  // NOLINT
    Value(List list) : data(std::move(list)) {}                // NOLINT
    Value(Record record) : data(std::move(record)) {}          // NOLINT
    template <Dimension D>
    Value(Quantity<D> quantity) : data(Measure(quantity)) {}  // NOLINT
    Value(std::optional<double> number) {                     // NOLINT
        if (number) data = *number;
    }

    bool is_null() const;
};

/// "name" with the unit that its dimension asks for, once.
std::string keyed(std::string_view name, Dimension dimension, Currency currency = Currency::usd);

template <Dimension D>
Record& Record::add(std::string_view name, std::optional<Quantity<D>> quantity) {
    if (quantity) return add(name, Value(*quantity));
    add_keyed(keyed(name, D), {});
    return *this;
}

/// The value at "result.ridges[0].dtype", or nullptr when nothing stands there.
const Value* value_at(const Record& root, std::string_view path);

}  // namespace roofline
