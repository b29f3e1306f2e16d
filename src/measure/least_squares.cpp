#include "least_squares.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>;

constexpr int most_rounds = 60;
constexpr int most_attempts = 12;    // of a round, each with a shorter step
constexpr double least_gain = 1e-7;  // of the cost: less is the end
constexpr double least_damping = 1e-9;
constexpr double nudge = 1e-5;        // of a logarithm
constexpr double longest_step = 0.5;  // of a logarithm
constexpr double touching = 1e-9;     // of a bound

double cost_of(const Vector& residuals, double scale) {
    double sum = 0;
    for (const double r : residuals) sum += 2 * (std::sqrt(1 + r * r / (scale * scale)) - 1);
    return sum;
}

// Solves a symmetric positive definite system in place (Cholesky); false when it is not one.
bool solve(Matrix a, Vector& b) {
    const std::size_t n = b.size();
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
        if (a[j][j] <= 0) return false;
        a[j][j] = std::sqrt(a[j][j]);
        for (std::size_t i = j + 1; i < n; ++i) {
            for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
            a[i][j] /= a[j][j];
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
        b[i] /= a[i][i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k][i] * b[k];
        b[i] /= a[i][i];
    }
    return true;
}

struct Problem {
    const Residuals& residuals;
    const std::vector<Bounds>& bounds;
    double scale;
};

struct Place {
    Vector at;
    Vector residuals;
    double cost;
};

// What a step solves: `left` x step = `right`.
struct NormalEquations {
    Matrix left;
    Vector right;
};

Place place_of(const Problem& problem, Vector at) {
    Vector residuals = problem.residuals(at);
    const double cost = cost_of(residuals, problem.scale);
    return {.at = std::move(at), .residuals = std::move(residuals), .cost = cost};
}

Vector moved(const Vector& at, const Vector& step, const std::vector<Bounds>& bounds) {
    Vector result(at.size());
    for (std::size_t i = 0; i < at.size(); ++i)
        result[i] = std::clamp(at[i] * std::exp(std::clamp(step[i], -longest_step, longest_step)),
                               bounds[i].lower, bounds[i].upper);
    return result;
}

// Of every residual by the logarithm of every parameter.
Matrix slopes_at(const Problem& problem, const Place& place) {
    Matrix slopes;
    for (std::size_t j = 0; j < place.at.size(); ++j) {
        // Away from the bound, so that the difference is one.
        const double sign = place.at[j] * std::exp(nudge) > problem.bounds[j].upper ? -1 : 1;
        Vector nearby = place.at;
        nearby[j] *= std::exp(sign * nudge);
        Vector there = problem.residuals(nearby);
        for (std::size_t i = 0; i < there.size(); ++i)
            there[i] = (there[i] - place.residuals[i]) / (sign * nudge);
        slopes.push_back(std::move(there));
    }
    return slopes;
}

// Soft-L1 as reweighting: large residuals count less.
Vector weights_of(const Vector& residuals, double scale) {
    Vector weights;
    for (const double r : residuals)
        weights.push_back(1 / (scale * scale * std::sqrt(1 + r * r / (scale * scale))));
    return weights;
}

NormalEquations normal_equations(const Matrix& slopes, const Vector& weights,
                                 const Vector& residuals) {
    const std::size_t n = slopes.size();
    NormalEquations equations{.left = Matrix(n, Vector(n)), .right = Vector(n)};
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k <= j; ++k) {
            double sum = 0;
            for (std::size_t i = 0; i < residuals.size(); ++i)
                sum += weights[i] * slopes[j][i] * slopes[k][i];
            equations.left[j][k] = equations.left[k][j] = sum;
        }
        for (std::size_t i = 0; i < residuals.size(); ++i)
            equations.right[j] -= weights[i] * slopes[j][i] * residuals[i];
    }
    return equations;
}

// A parameter that presses against its bound stays there.
void hold_at_bounds(const Vector& at, const std::vector<Bounds>& bounds,
                    NormalEquations& equations) {
    auto& [left, right] = equations;
    for (std::size_t j = 0; j < at.size(); ++j) {
        const bool up = right[j] > 0 && at[j] >= bounds[j].upper * (1 - touching);
        const bool down = right[j] < 0 && at[j] <= bounds[j].lower * (1 + touching);
        if (!up && !down) continue;
        for (std::size_t k = 0; k < at.size(); ++k) left[j][k] = left[k][j] = 0;
        right[j] = 0;
        left[j][j] = 1;
    }
}

// Levenberg's damped step, more and more of it until the cost falls; what it fell by, or 0.
double descend(const Problem& problem, const NormalEquations& equations, double& damping,
               Place& place) {
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        Matrix damped = equations.left;
        for (std::size_t j = 0; j < damped.size(); ++j)
            damped[j][j] += damping * (equations.left[j][j] + 1e-9);
        Vector step = equations.right;
        if (solve(std::move(damped), step)) {
            Place next = place_of(problem, moved(place.at, step, problem.bounds));
            if (next.cost < place.cost) {
                damping = std::max(damping / 5, least_damping);
                const double gain = place.cost - next.cost;
                place = std::move(next);
                return gain;
            }
        }
        damping *= 4;
    }
    return 0;
}

}  // namespace

std::vector<double> least_squares(const Residuals& residuals, std::vector<double> at,
                                  const std::vector<Bounds>& bounds, double scale) {
    const Problem problem{.residuals = residuals, .bounds = bounds, .scale = scale};
    Place place = place_of(problem, std::move(at));
    double damping = 1e-2;
    for (int round = 0; round < most_rounds; ++round) {
        NormalEquations equations = normal_equations(
            slopes_at(problem, place), weights_of(place.residuals, scale), place.residuals);
        hold_at_bounds(place.at, bounds, equations);
        const double gain = descend(problem, equations, damping, place);
        if (gain <= least_gain * place.cost) break;
    }
    return place.at;
}

}  // namespace roofline
