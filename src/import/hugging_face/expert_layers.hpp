// Which layers are mixtures of experts, from whichever key the family says it with.
#pragma once

#include "config.hpp"

#include <string>
#include <vector>

namespace roofline::hugging_face {

class ExpertLayers {
  public:
    explicit ExpertLayers(Config& config);
    bool operator()(std::size_t layer) const;

  private:
    std::vector<std::string> types_;
    std::vector<double> flags_;
    std::vector<double> dense_;
    std::vector<double> listed_;
    double first_ = 0;
    double last_ = 1e9;
    double step_ = 1;    ///< every so many, counted from the layer's number + 1
    double period_ = 1;  ///< every so many, counted from `offset_`
    double offset_ = 0;
};

}  // namespace roofline::hugging_face
