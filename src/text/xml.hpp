// Text inside XML, whoever wrote it.
#pragma once

#include <string>
#include <string_view>

namespace roofline {

/// Text of an attribute in double quotes or of an element, printable: XML forbids control
/// characters even when escaped.
std::string xml(std::string_view text);

}  // namespace roofline
