using System.Globalization;
using Platform.Workers.Markets.Aggregation.Cold;

namespace Platform.Workers.Tests.Markets.Aggregation;

public sealed class WideDecimalTests
{
    [Theory]
    [InlineData("0", 28, "0")]
    [InlineData("172188500", 4, "17218.85")]
    [InlineData("1000000000000000000000000000000000000", 36, "1")]
    [InlineData("79228162514264337593543950334", 0, "79228162514264337593543950334")]
    [InlineData("792281625142643375935439503341", 1, "79228162514264337593543950334")]
    [InlineData("125", 30, "0.0000000000000000000000000001")]
    [InlineData("150", 30, "0.0000000000000000000000000002")]
    [InlineData("250", 30, "0.0000000000000000000000000002")]
    [InlineData("251", 30, "0.0000000000000000000000000003")]
    [InlineData("123456789012345678901234567890123456", 22, "12345678901234.567890123456789")]
    public void Sum_is_exact_where_a_decimal_has_the_digits_and_else_rounded_to_even_at_its_last(string mantissa, int places, string value) =>
        Assert.Equal(decimal.Parse(value, CultureInfo.InvariantCulture), WideDecimal.From(Parse(mantissa), places));

    [Fact]
    public void Sum_that_is_larger_than_any_decimal_is_refused() =>
        Assert.Throws<OverflowException>(() => WideDecimal.From(Parse("79228162514264337593543950336"), 0));

    private static Int128 Parse(string text) => Int128.Parse(text, CultureInfo.InvariantCulture);
}
