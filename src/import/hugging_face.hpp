// Models as Hugging Face publishes them: a config.json of any name, or the folder that holds one.
#pragma once

#include "roofline/catalog/model.hpp"

#include "input/source.hpp"

#include <optional>
#include <span>
#include <string>

namespace roofline {

/// Reads the configuration and, where it stands beside it, hf_quant_config.json. The model's id is
/// `path`. Keys that are not understood and were left out are its `unread`.
/// Throws UserError: E300 unreadable, E301 malformed, E331 missing fields, an unknown kind, or a
/// key that is not understood and looks structural, unless `accepted` names it; a name there that
/// is no unread key.
Model read_hugging_face(const std::string& path, std::span<const std::string> accepted = {});

/// The same of files that were read: the configuration, and hf_quant_config.json.
Model read_hugging_face(Source config, std::optional<Source> side_file,
                        std::span<const std::string> accepted = {});

}  // namespace roofline
