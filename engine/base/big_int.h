#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace stormglass {

// An integer without a limit but the one on its length, as Python's are. Immutable; copies share.
// Stands on Boost.Multiprecision, which only big_int.cpp sees.
class BigInt
{
public:
    BigInt(std::int64_t number = 0);
    ~BigInt();
    BigInt(const BigInt &);
    BigInt &operator=(const BigInt &);

    // Decimal digits with an optional sign. None for anything else, or beyond `maxDigits`.
    static std::optional<BigInt> fromText(std::string_view text);
    // Towards zero. None for infinities and NaN.
    static std::optional<BigInt> fromDouble(double number);
    static constexpr std::size_t maxDigits = 20'000;

    std::string text() const;
    // The nearest double, infinite beyond its range.
    double toDouble() const;
    // None if it does not fit.
    std::optional<std::int64_t> toInt() const;
    int sign() const;
    std::size_t bits() const;

    BigInt operator-() const;
    friend BigInt operator+(const BigInt &a, const BigInt &b);
    friend BigInt operator-(const BigInt &a, const BigInt &b);
    friend BigInt operator*(const BigInt &a, const BigInt &b);
    // Towards minus infinity, as Python's // and %. The divisor must not be zero.
    static BigInt floorDivide(const BigInt &a, const BigInt &b);
    static BigInt floorModulo(const BigInt &a, const BigInt &b);
    // The exponent must not be negative; None beyond `maxDigits`.
    static std::optional<BigInt> power(const BigInt &base, std::int64_t exponent);

    static int compare(const BigInt &a, const BigInt &b);
    friend bool operator==(const BigInt &a, const BigInt &b) { return compare(a, b) == 0; }

private:
    struct Number;
    explicit BigInt(std::shared_ptr<const Number> number);
    std::shared_ptr<const Number> m_number;
};

} // namespace stormglass
