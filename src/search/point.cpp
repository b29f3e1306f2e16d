#include "roofline/search/point.hpp"

#include "roofline/error/user_error.hpp"

#include "evaluate/standing_words.hpp"

namespace roofline {
namespace {

// Of what does not stand, if only at its bad end, or does not settle.
ErrorCode code_of(const Evaluation& evaluation, Basis basis) {
    if (evaluation.standing != Standing::stands) return row_of(evaluation.standing).code;
    if (stands_on(evaluation, basis)) return ErrorCode::unsettled;
    return evaluation.memory.starts() == Starts::yes ? ErrorCode::cannot_keep_up
                                                     : ErrorCode::does_not_fit;
}

// A bound needs no measurement.
std::optional<bool> measured_on(const Evaluation& evaluation, Basis basis) {
    if (basis == Basis::bound || !evaluation.on(basis).time_per_token) return std::nullopt;
    return evaluation.measured;
}

bool is_load(const Axis& axis) {
    const FieldPart part = axis.field().part;
    return part == FieldPart::load || part == FieldPart::habit;
}

}  // namespace

PointAnswer answer_of(const Evaluation& evaluation, Basis basis) {
    const Figures& figures = evaluation.on(basis);
    PointAnswer answer{.fits = evaluation.standing != Standing::does_not_fit,
                       .usable = figures.memory.usable,
                       .measured = measured_on(evaluation, basis),
                       .reason = silence_words(evaluation, basis)};
    if (answer.reason.empty() && !evaluation.settled()) answer.reason = unsettled_words;
    answer.starts = evaluation.memory.starts();
    if (evaluation.requests() > 0) {
        answer.requests = evaluation.requests();
        answer.waiting = evaluation.waiting();
    }
    if (!answer.reason.empty()) answer.code = code_of(evaluation, basis);
    for (std::size_t i = 0; i < metric_count; ++i) answer.figures[i] = metrics()[i].get(figures);
    return answer;
}

PointAnswer answer_of(const Fault& fault) {
    return {.fits = std::nullopt, .usable = {}, .reason = message_text(fault), .code = fault.code};
}

PointAnswerer::Shape PointAnswerer::new_shape() const {
    Shape shape{.deployment = sweep_.space.base, .unpriced = {}, .lowered = {}};
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const Axis& axis = sweep_.space.axes[i];
        if (!is_load(axis)) axis.field().set(shape.deployment, axis.value(places_[i]));
    }
    if (const auto fault = sweep_.prices.resolve(sweep_.space, places_, shape.deployment))
        shape.unpriced = message_text(*fault);
    return shape;
}

PointAnswerer::Shape& PointAnswerer::shape_of_places() {
    constexpr std::size_t most_shapes = 256;  // of some 20 kB
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const Axis& axis = sweep_.space.axes[i];
        if (!is_load(axis)) key = key * axis.size() + places_[i];
    }
    const auto known = shapes_.find(key);
    if (known != shapes_.end()) return known->second;
    if (shapes_.size() == most_shapes) shapes_.clear();
    return shapes_.emplace(key, new_shape()).first->second;
}

Evaluation PointAnswerer::evaluate_places(Shape& shape) {
    Deployment deployment = shape.deployment;
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const Axis& axis = sweep_.space.axes[i];
        if (is_load(axis)) axis.field().set(deployment, axis.value(places_[i]));
    }
    if (shape.lowered) return shape.lowered->evaluate(deployment);
    shape.lowered.emplace(deployment, sweep_.knowledge);
    return shape.lowered->evaluate();
}

Evaluation PointAnswerer::evaluate(std::uint64_t point) {
    places_of(sweep_.space, point, places_);
    Shape& shape = shape_of_places();
    unpriced_ = shape.unpriced;
    return evaluate_places(shape);
}

PointAnswer PointAnswerer::operator()(std::uint64_t point) {
    try {
        PointAnswer answer = answer_of(evaluate(point), sweep_.basis);
        answer.unpriced = unpriced_;
        return answer;
    } catch (const UserError& error) {
        return answer_of(error.fault());
    }
}

}  // namespace roofline
