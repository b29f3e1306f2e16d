// What a call that must fail says.
#pragma once

#include "roofline/error/user_error.hpp"

#include "catch.hpp"

template <typename Call>
roofline::Fault fault_of(Call call) {
    try {
        call();
    } catch (const roofline::UserError& error) {
        return error.fault();
    }
    FAIL("no error");
    return {};
}
