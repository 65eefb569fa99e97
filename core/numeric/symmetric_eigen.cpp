// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/symmetric_eigen.h"

#include "numeric/sums.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace bitloupe {
namespace {

constexpr int maxSweepsPerValue = 60;

struct Tridiagonal {
    std::vector<double> diagonal;
    std::vector<double> below; // below[i] couples i and i + 1; the last one is 0
};

// Rows of the accumulated rotation, stored by column so that a rotation touches two stretches.
struct Rows {
    std::vector<double> values; // [n, width]
    std::size_t width = 0;

    double* column(std::size_t j) { return values.data() + j * width; }

    // Right multiplication by I - beta v v^T, where v begins at column `first`.
    void reflect(std::size_t first, std::span<const double> v, double beta)
    {
        std::vector<double> sums(width);
        for (std::size_t j = 0; j < v.size(); ++j) {
            const double* from = column(first + j);
            for (std::size_t r = 0; r < width; ++r)
                sums[r] += v[j] * from[r];
        }
        for (std::size_t j = 0; j < v.size(); ++j) {
            double* to = column(first + j);
            for (std::size_t r = 0; r < width; ++r)
                to[r] -= beta * v[j] * sums[r];
        }
    }
};

// Turns x into v with (I - beta v v^T) x = (alpha, 0, ...). Returns alpha; beta 0 when x is zero.
double householder(std::span<double> x, double& beta)
{
    double largest = 0;
    for (const double value : x)
        largest = std::max(largest, std::fabs(value));
    beta = 0;
    if (!(largest > 0))
        return 0;
    double squares = 0;
    for (double& value : x) {
        value /= largest;
        squares += value * value;
    }
    const double norm = std::sqrt(squares);
    const double alpha = x[0] > 0 ? -norm : norm;
    beta = 1 / (squares - alpha * x[0]);
    x[0] -= alpha;
    return alpha * largest;
}

// The rank-2 update of one step is put off and done in the sweep that multiplies the next
// vector, so that the matrix passes through the cache once a step.
Tridiagonal reduce(std::span<double> a, std::size_t n, Rows& rows,
    const std::function<bool()>& stop, bool& stopped)
{
    Tridiagonal t {std::vector<double>(n), std::vector<double>(n)};
    std::vector<double> v(n), w(n), next(n), product(n);
    for (std::size_t k = 0; k < n; ++k) {
        if (stop && k % 8 == 0 && stop()) {
            stopped = true;
            return t;
        }
        double* row = a.data() + k * n;
        for (std::size_t j = k; j < n; ++j)
            row[j] -= v[k] * w[j] + w[k] * v[j];
        t.diagonal[k] = row[k];
        if (k + 1 == n)
            break;
        const std::size_t first = k + 1;
        const std::size_t count = n - first;
        std::copy_n(row + first, count, next.begin() + static_cast<std::ptrdiff_t>(first));
        double beta = 0;
        t.below[k] = householder(std::span(next).subspan(first), beta);
        double projection = 0;
        for (std::size_t i = first; i < n; ++i) {
            product[i] = beta * updateAndDot(a.data() + i * n + first, v[i], w.data() + first, w[i],
                             v.data() + first, next.data() + first, count);
            projection += product[i] * next[i];
        }
        for (std::size_t i = first; i < n; ++i)
            w[i] = product[i] - beta / 2 * projection * next[i];
        std::swap(v, next);
        if (rows.width > 0)
            rows.reflect(first, std::span(v).subspan(first), beta);
    }
    return t;
}

// One implicit QL sweep over [low, high] with Wilkinson's shift.
void sweep(Tridiagonal& t, Rows& rows, std::size_t low, std::size_t high)
{
    std::vector<double>& d = t.diagonal;
    std::vector<double>& e = t.below;
    const double half = (d[low + 1] - d[low]) / (2 * e[low]);
    const double root = std::sqrt(half * half + 1);
    double g = d[high] - d[low] + e[low] / (half + (half < 0 ? -root : root));
    double s = 1;
    double c = 1;
    double p = 0;
    for (std::size_t i = high; i-- > low;) {
        const double f = s * e[i];
        const double b = c * e[i];
        const double r = std::sqrt(f * f + g * g);
        e[i + 1] = r;
        if (!(r > 0)) { // the matrix has come apart here
            d[i + 1] -= p;
            e[high] = 0;
            return;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - p;
        const double q = (d[i] - g) * s + 2 * c * b;
        p = s * q;
        d[i + 1] = g + p;
        g = c * q - b;
        if (rows.width > 0)
            rotate(rows.column(i), rows.column(i + 1), c, s, rows.width);
    }
    d[low] -= p;
    e[low] = g;
    e[high] = 0;
}

void diagonalize(Tridiagonal& t, Rows& rows, const std::function<bool()>& stop, bool& stopped)
{
    const std::size_t n = t.diagonal.size();
    double largest = 0;
    for (std::size_t i = 0; i < n; ++i)
        largest = std::max({largest, std::fabs(t.diagonal[i]), std::fabs(t.below[i])});
    const double negligible = largest * std::numeric_limits<double>::epsilon();
    for (std::size_t low = 0; low < n; ++low) {
        if (stop && low % 8 == 0 && stop()) {
            stopped = true;
            return;
        }
        for (int sweeps = 0; sweeps < maxSweepsPerValue; ++sweeps) {
            std::size_t high = low;
            while (high + 1 < n && std::fabs(t.below[high]) > negligible)
                ++high;
            if (high == low)
                break;
            sweep(t, rows, low, high);
        }
    }
}

} // namespace

SymmetricEigen symmetricEigen(std::span<double> matrix, std::size_t n,
    std::span<const std::size_t> wantedRows, const std::function<bool()>& stop)
{
    Rows rows {std::vector<double>(n * wantedRows.size()), wantedRows.size()};
    for (std::size_t r = 0; r < wantedRows.size(); ++r)
        rows.column(wantedRows[r])[r] = 1;
    SymmetricEigen result;
    Tridiagonal t = reduce(matrix, n, rows, stop, result.stopped);
    if (!result.stopped)
        diagonalize(t, rows, stop, result.stopped);
    if (result.stopped)
        return result;
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t {0});
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return t.diagonal[a] > t.diagonal[b]; });
    for (const std::size_t i : order) {
        result.values.push_back(t.diagonal[i]);
        result.components.insert(
            result.components.end(), rows.column(i), rows.column(i) + rows.width);
    }
    return result;
}

} // namespace bitloupe
