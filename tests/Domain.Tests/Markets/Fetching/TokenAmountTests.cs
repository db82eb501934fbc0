using System.Globalization;
using System.Numerics;
using CsCheck;
using Platform.Domain.Markets.Fetching;

namespace Platform.Domain.Tests.Markets.Fetching;

public sealed class TokenAmountTests
{
    [Theory]
    [InlineData("1", 18, "0.000000000000000001")]
    [InlineData("1500000000000000000", 18, "1.5")]
    [InlineData("-1500000", 6, "-1.5")]
    [InlineData("0", 18, "0")]
    [InlineData("1000000000000000000000000000000000000", 18, "1000000000000000000")]
    [InlineData("9999999999999999999999999999", 0, "9999999999999999999999999999")]
    [InlineData("9999999999999999999999999999", 18, "9999999999.999999999999999999")]
    [InlineData("10000000000000000000000000000000000000000", 36, "10000")]
    public void Amount_of_the_smallest_unit_is_told_to_the_last_digit(string units, int decimals, string amount) =>
        Assert.Equal(amount, TokenAmount.Exact(BigInteger.Parse(units, CultureInfo.InvariantCulture), decimals)?.ToString(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("10000000000000000000000000001", 0)]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639935", 18)]
    [InlineData("1", 19)]
    [InlineData("123456789012345678901234567891", 18)]
    public void Amount_that_a_decimal_cannot_hold_is_refused_and_not_rounded(string units, int decimals) =>
        Assert.Null(TokenAmount.Exact(BigInteger.Parse(units, CultureInfo.InvariantCulture), decimals));

    [Fact]
    public void Contract_has_0_to_77_decimals()
    {
        Assert.Equal(0, TokenAmount.Exact(0, 77));
        Assert.Equal(1, TokenAmount.Exact(BigInteger.Pow(10, 77), 77));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenAmount.Exact(0, 78));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenAmount.Exact(0, -1));
    }

    [Fact]
    public void Amount_that_is_told_gives_back_its_units() =>
        Gen.Select(Gen.Long, Gen.Long[0, 1_000_000_000], Gen.Int[0, 30]).Sample((high, low, decimals) =>
        {
            var units = (new BigInteger(high) * 1_000_000_000) + low;
            if (TokenAmount.Exact(units, decimals) is { } amount)
                Assert.Equal(units, Units(amount, decimals));
        });

    [Theory]
    [InlineData("1", "3", "0.333333333333333333")]
    [InlineData("2", "3", "0.666666666666666667")]
    [InlineData("-2", "3", "-0.666666666666666667")]
    [InlineData("1", "8", "0.125")]
    [InlineData("200000000000000000000", "3", "66666666666666666700")]
    [InlineData("1", "30000000000", "0.000000000033333333")]
    [InlineData("1", "10000000000000000000000", "0")]
    [InlineData("9999999999999999985", "10", "999999999999999998")]
    [InlineData("9999999999999999995", "10", "1000000000000000000")]
    public void Ratio_has_18_significant_digits_and_at_most_18_places(string dividend, string divisor, string expected) => Assert.Equal(
        expected, TokenAmount.Ratio(BigInteger.Parse(dividend, CultureInfo.InvariantCulture), BigInteger.Parse(divisor, CultureInfo.InvariantCulture))
            ?.ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Ratio_beyond_a_decimal_is_refused() => Assert.Null(TokenAmount.Ratio(BigInteger.Pow(10, 40), 3));

    private static BigInteger Units(decimal amount, int decimals)
    {
        var bits = decimal.GetBits(amount);
        var mantissa = (((new BigInteger((uint)bits[2]) << 32) + (uint)bits[1]) << 32) + (uint)bits[0];
        return mantissa * BigInteger.Pow(10, decimals - amount.Scale) * (amount < 0 ? -1 : 1);
    }
}
