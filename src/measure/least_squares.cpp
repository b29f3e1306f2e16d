#include "roofline/measure/least_squares.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>;

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

Vector moved(const Vector& at, const Vector& step, const std::vector<Bounds>& bounds) {
    Vector result(at.size());
    for (std::size_t i = 0; i < at.size(); ++i)
        result[i] = std::clamp(at[i] * std::exp(std::clamp(step[i], -0.5, 0.5)), bounds[i].lower,
                               bounds[i].upper);
    return result;
}

}  // namespace

std::vector<double> least_squares(const Residuals& residuals, std::vector<double> at,
                                  const std::vector<Bounds>& bounds, double scale) {
    constexpr int most_rounds = 60;
    constexpr double nudge = 1e-5;  // of a logarithm
    const std::size_t n = at.size();
    Vector now = residuals(at);
    double cost = cost_of(now, scale);
    double damping = 1e-2;
    for (int round = 0; round < most_rounds; ++round) {
        Matrix slopes;
        for (std::size_t j = 0; j < n; ++j) {
            // Away from the bound, so that the difference is one.
            const double sign = at[j] * std::exp(nudge) > bounds[j].upper ? -1 : 1;
            Vector nearby = at;
            nearby[j] *= std::exp(sign * nudge);
            Vector there = residuals(nearby);
            for (std::size_t i = 0; i < there.size(); ++i)
                there[i] = (there[i] - now[i]) / (sign * nudge);
            slopes.push_back(std::move(there));
        }
        // Soft-L1 as reweighting: large residuals count less.
        Vector weights(now.size());
        for (std::size_t i = 0; i < now.size(); ++i)
            weights[i] = 1 / (scale * scale * std::sqrt(1 + now[i] * now[i] / (scale * scale)));
        Matrix normal(n, Vector(n));
        Vector gradient(n);
        for (std::size_t j = 0; j < n; ++j) {
            for (std::size_t k = 0; k <= j; ++k) {
                double sum = 0;
                for (std::size_t i = 0; i < now.size(); ++i)
                    sum += weights[i] * slopes[j][i] * slopes[k][i];
                normal[j][k] = normal[k][j] = sum;
            }
            for (std::size_t i = 0; i < now.size(); ++i)
                gradient[j] -= weights[i] * slopes[j][i] * now[i];
            // A parameter that presses against its bound stays there.
            const bool up = gradient[j] > 0 && at[j] >= bounds[j].upper * (1 - 1e-9);
            const bool down = gradient[j] < 0 && at[j] <= bounds[j].lower * (1 + 1e-9);
            if (!up && !down) continue;
            for (std::size_t k = 0; k < n; ++k)
                if (k < j) normal[j][k] = normal[k][j] = 0;
            gradient[j] = 0;
            normal[j][j] = 1;
        }
        bool improved = false;
        double gain = 0;
        for (int attempt = 0; attempt < 12 && !improved; ++attempt) {
            Matrix damped = normal;
            for (std::size_t j = 0; j < n; ++j) damped[j][j] += damping * (normal[j][j] + 1e-9);
            Vector step = gradient;
            if (solve(damped, step)) {
                const Vector next = moved(at, step, bounds);
                Vector there = residuals(next);
                const double then = cost_of(there, scale);
                if (then < cost) {
                    gain = cost - then;
                    at = next;
                    now = std::move(there);
                    cost = then;
                    improved = true;
                    damping = std::max(damping / 5, 1e-9);
                    continue;
                }
            }
            damping *= 4;
        }
        if (!improved || gain < 1e-7 * cost) break;
    }
    return at;
}

}  // namespace roofline
