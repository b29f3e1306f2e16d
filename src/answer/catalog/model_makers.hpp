// Who made a model, and which of a maker's are newer. Files of models do not say either.
#pragma once

#include "roofline/catalog/model.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

using Models = std::vector<std::shared_ptr<const Model>>;

struct ModelMaker {
    std::string_view name;  ///< "Meta"; "others" where it is not known
    std::size_t place = 0;  ///< newer families of a maker have lower ones
};

/// By how the id begins.
ModelMaker maker_of(std::string_view id);

/// Models with the word in a name, the family or the maker.
Models models_about(const std::string& word, const Models& models);

}  // namespace roofline
