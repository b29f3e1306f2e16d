// Models as Hugging Face publishes them: a config.json of any name, or the folder that holds one.
#pragma once

#include "roofline/catalog/model.hpp"

#include <string>

namespace roofline {

/// Reads the configuration and, where it stands beside it, hf_quant_config.json. The model's id is
/// `path`. Keys that could matter and are not understood are named in its remarks.
/// Throws UserError: E300 unreadable, E301 malformed, E331 missing fields or an unknown kind.
Model read_hugging_face(const std::string& path);

}  // namespace roofline
