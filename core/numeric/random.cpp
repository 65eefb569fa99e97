// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/random.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>

namespace bitloupe {
namespace {

std::uint64_t mix(std::uint64_t bits)
{
    bits = (bits ^ (bits >> 30)) * 0xbf58'476d'1ce4'e5b9u;
    bits = (bits ^ (bits >> 27)) * 0x94d0'49bb'1331'11ebu;
    return bits ^ (bits >> 31);
}

std::uint64_t fnv1a(std::uint64_t hash, std::string_view text)
{
    for (const char letter : text)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x0000'0100'0000'01b3u;
    return hash;
}

template <std::size_t n>
double polynomial(const std::array<double, n>& rising, double x)
{
    double sum = rising[n - 1];
    for (std::size_t i = n - 1; i-- > 0;)
        sum = sum * x + rising[i];
    return sum;
}

// Natural logarithm of a positive normal number by atanh's series: libraries differ in the last
// bit of std::log, and the streams may not.
double naturalLog(double x)
{
    int exponent = 0;
    double mantissa = std::frexp(x, &exponent);
    if (mantissa < 0.707106781186547524) {
        mantissa *= 2;
        --exponent;
    }
    const double s = (mantissa - 1) / (mantissa + 1); // |s| < 0.1716
    double series = 0;
    for (int odd = 23; odd >= 1; odd -= 2)
        series = series * (s * s) + 1.0 / odd;
    return exponent * 0.693147180559945309 + 2 * s * series;
}

// Inverse of the normal distribution function; absolute error about 1e-15 near 0, relative about
// 1e-15 in the tails. Source: Wichura, algorithm AS 241 (PPND16), Applied Statistics 37, 1988.
double inverseNormal(double p)
{
    static constexpr std::array a { 3.3871328727963666080, 133.14166789178437745,
        1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
        67265.770927008700853, 33430.575583588128105, 2509.0809287301226727 };
    static constexpr std::array b { 1.0, 42.313330701600911252, 687.18700749205790830,
        5394.1960214247511077, 21213.794301586595867, 39307.895800092710610,
        28729.085735721942674, 5226.4952788528545610 };
    static constexpr std::array c { 1.42343711074968357734, 4.63033784615654529590,
        5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258,
        0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4 };
    static constexpr std::array d { 1.0, 2.05319162663775882187, 1.67638483018380384940,
        0.689767334985100004550, 0.148103976427480074590, 0.0151986665636164571966,
        5.47593808499534494600e-4, 1.05075007164441684324e-9 };
    static constexpr std::array e { 6.65790464350110377720, 5.46378491116411436990,
        1.78482653991729133580, 0.296560571828504891230, 0.0265321895265761230930,
        0.00124266094738807843860, 2.71155556874348757815e-5, 2.01033439929228813265e-7 };
    static constexpr std::array f { 1.0, 0.599832206555887937690, 0.136929880922735805310,
        0.0148753612908506148525, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
        1.42151175831644588870e-7, 2.04426310338993978564e-15 };
    const double q = p - 0.5;
    if (std::fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(a, r) / polynomial(b, r);
    }
    const double r = std::sqrt(-naturalLog(q < 0 ? p : 1 - p));
    const double tail = r <= 5 ? polynomial(c, r - 1.6) / polynomial(d, r - 1.6)
                               : polynomial(e, r - 5) / polynomial(f, r - 5);
    return q < 0 ? -tail : tail;
}

} // namespace

std::uint64_t randomKey(std::string_view tensorName, std::string_view purpose)
{
    // The zero byte keeps ("ab", "c") apart from ("a", "bc").
    std::uint64_t hash = fnv1a(0xcbf2'9ce4'8422'2325u, tensorName);
    hash = fnv1a(hash, std::string_view("\0", 1));
    return mix(fnv1a(hash, purpose));
}

std::uint64_t randomBits(std::uint64_t key, std::uint64_t counter)
{
    return mix(key + (counter + 1) * 0x9e37'79b9'7f4a'7c15u);
}

double randomUniform(std::uint64_t key, std::uint64_t counter)
{
    return static_cast<double>(randomBits(key, counter) >> 11) * 0x1p-53;
}

std::uint64_t randomBelow(std::uint64_t key, std::uint64_t counter, std::uint64_t bound)
{
    // The upper 64 bits of bits * bound, by halves.
    const std::uint64_t bits = randomBits(key, counter);
    const std::uint64_t low = (bits & 0xffff'ffffu) * (bound & 0xffff'ffffu);
    const std::uint64_t cross = (bits >> 32) * (bound & 0xffff'ffffu) + (low >> 32);
    const std::uint64_t other = (bits & 0xffff'ffffu) * (bound >> 32) + (cross & 0xffff'ffffu);
    return (bits >> 32) * (bound >> 32) + (cross >> 32) + (other >> 32);
}

double randomNormal(std::uint64_t key, std::uint64_t counter)
{
    // Centres of 2^52 cells: exact in a double, and neither 0 nor 1 occurs.
    const std::uint64_t cell = randomBits(key, counter) >> 12;
    return inverseNormal((static_cast<double>(cell) + 0.5) * 0x1p-52);
}

} // namespace bitloupe
