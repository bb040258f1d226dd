#include "engine/base/big_int.h"

#include <boost/multiprecision/cpp_int.hpp>

#include <cmath>
#include <limits>

namespace stormglass {

using boost::multiprecision::cpp_int;

struct BigInt::Number {
    cpp_int value;
};

BigInt::BigInt(std::int64_t number)
    : m_number(std::make_shared<const Number>(Number{cpp_int(number)}))
{
}

BigInt::BigInt(std::shared_ptr<const Number> number)
    : m_number(std::move(number))
{
}

BigInt::~BigInt() = default;
BigInt::BigInt(const BigInt &) = default;
BigInt &BigInt::operator=(const BigInt &) = default;

std::optional<BigInt> BigInt::fromText(std::string_view text)
{
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    if (text.empty() || text.size() > maxDigits || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    // Boost reads a leading zero as octal.
    while (text.size() > 1 && text.front() == '0')
        text.remove_prefix(1);
    cpp_int value{std::string(text)};
    if (negative)
        value = -value;
    return BigInt(std::make_shared<const Number>(Number{std::move(value)}));
}

std::optional<BigInt> BigInt::fromDouble(double number)
{
    if (!std::isfinite(number))
        return std::nullopt;
    return BigInt(std::make_shared<const Number>(Number{cpp_int(std::trunc(number))}));
}

std::string BigInt::text() const
{
    return m_number->value.str();
}

double BigInt::toDouble() const
{
    return m_number->value.convert_to<double>();
}

std::optional<std::int64_t> BigInt::toInt() const
{
    if (m_number->value > std::numeric_limits<std::int64_t>::max()
        || m_number->value < std::numeric_limits<std::int64_t>::min())
        return std::nullopt;
    return m_number->value.convert_to<std::int64_t>();
}

int BigInt::sign() const
{
    return m_number->value.sign();
}

std::size_t BigInt::bits() const
{
    return sign() == 0 ? 0 : boost::multiprecision::msb(boost::multiprecision::abs(m_number->value)) + 1;
}

BigInt BigInt::operator-() const
{
    return BigInt(std::make_shared<const Number>(Number{-m_number->value}));
}

BigInt operator+(const BigInt &a, const BigInt &b)
{
    return BigInt(std::make_shared<const BigInt::Number>(BigInt::Number{a.m_number->value + b.m_number->value}));
}

BigInt operator-(const BigInt &a, const BigInt &b)
{
    return BigInt(std::make_shared<const BigInt::Number>(BigInt::Number{a.m_number->value - b.m_number->value}));
}

BigInt operator*(const BigInt &a, const BigInt &b)
{
    return BigInt(std::make_shared<const BigInt::Number>(BigInt::Number{a.m_number->value * b.m_number->value}));
}

BigInt BigInt::floorDivide(const BigInt &a, const BigInt &b)
{
    cpp_int quotient;
    cpp_int rest;
    divide_qr(a.m_number->value, b.m_number->value, quotient, rest);
    if (rest != 0 && (rest.sign() < 0) != (b.m_number->value.sign() < 0))
        --quotient;
    return BigInt(std::make_shared<const Number>(Number{std::move(quotient)}));
}

BigInt BigInt::floorModulo(const BigInt &a, const BigInt &b)
{
    cpp_int rest = a.m_number->value % b.m_number->value;
    if (rest != 0 && (rest.sign() < 0) != (b.m_number->value.sign() < 0))
        rest += b.m_number->value;
    return BigInt(std::make_shared<const Number>(Number{std::move(rest)}));
}

std::optional<BigInt> BigInt::power(const BigInt &base, std::int64_t exponent)
{
    const bool stays = base.bits() <= 1;
    if (exponent < 0 || (!stays && static_cast<double>(base.bits()) * static_cast<double>(exponent) > maxDigits * 3.33))
        return std::nullopt;
    const auto small = static_cast<unsigned>(stays ? exponent % 2 + (exponent > 0 ? 2 : 0) : exponent);
    cpp_int value = boost::multiprecision::pow(base.m_number->value, small);
    return BigInt(std::make_shared<const Number>(Number{std::move(value)}));
}

int BigInt::compare(const BigInt &a, const BigInt &b)
{
    return a.m_number->value.compare(b.m_number->value);
}

} // namespace stormglass
