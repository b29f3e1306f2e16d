// Names of catalog files that people type: each must read back as it is printed.
#pragma once

#include "input/json_object.hpp"

#include <string>
#include <string_view>

namespace roofline {

/// Which names a member holds: they are typed in different places.
struct NameKind {
    std::string_view noun;          ///< "a provider"
    std::string_view allowed = {};  ///< of the characters that split what is typed
    bool begins_with_digit = true;  ///< money does, where a name may stand for it
    bool beside_paths = false;      ///< a file may stand where the name does
};

inline constexpr NameKind device_name{.noun = "a device"};
inline constexpr NameKind device_alias{.noun = "a device", .allowed = " :"};
inline constexpr NameKind model_name{.noun = "a model", .allowed = "/", .beside_paths = true};
inline constexpr NameKind model_alias{.noun = "a model", .allowed = " /", .beside_paths = true};
inline constexpr NameKind mode_name{.noun = "a mode", .allowed = " "};
inline constexpr NameKind provider_name{
    .noun = "a provider", .allowed = " ", .begins_with_digit = false};
inline constexpr NameKind api_model_name{.noun = "a model", .allowed = " /:@"};

/// The member's text. Throws E302 where it would not read back: it is blank, begins like money or a
/// path, or holds what splits a word that is typed.
std::string written_name(JsonObject& record, std::string_view key, const NameKind& kind);
std::vector<std::string> written_names(JsonObject& record, std::string_view key,
                                       const NameKind& kind);

}  // namespace roofline
