using System.Globalization;
using System.Text.Json;
using CsCheck;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Values;

public sealed class ExactDecimalTests
{
    private static readonly JsonSerializerOptions Digits = new() { Converters = { new DecimalConverter(), new NullableDecimalConverter() } };

    private static readonly Gen<decimal> Any = Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Byte[0, ExactDecimal.ScaleMax])
        .Select((low, mid, high, isNegative, scale) => new decimal(low, mid, high, isNegative, scale))
        .Where(value => value.ToString(CultureInfo.InvariantCulture).Count(char.IsAsciiDigit) <= ExactDecimal.DigitsMax);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("12.50", "12.50")]
    [InlineData("-3", "-3")]
    [InlineData("0.000000000000000001", "0.000000000000000001")]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999999")]
    public void Plain_digits_are_read_digit_for_digit(string text, string same)
    {
        Assert.True(ExactDecimal.TryParse(text, out var value));
        Assert.Equal(same, value.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1\n")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e5")]
    [InlineData("1E-5")]
    [InlineData("1,000")]
    [InlineData("1_000")]
    [InlineData("1'000")]
    [InlineData("1,5")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData("-")]
    [InlineData("1-")]
    [InlineData("(1)")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("0x10")]
    [InlineData("$1")]
    [InlineData("１２")]
    [InlineData("٣")]
    [InlineData("1\u00a0000")]
    [InlineData("0.0000000000000000001")]
    [InlineData("12345678901234567890123456789")]
    [InlineData("12345678901234567890123456789012345")]
    [InlineData("1234567890123456789.1234567890123456")]
    [InlineData("79228162514264337593543950335")]
    public void Everything_else_is_refused(string? text) => Assert.False(ExactDecimal.TryParse(text, out _));

    [Fact]
    public void Every_decimal_within_the_limits_comes_back_digit_for_digit() => Any.Sample(value =>
    {
        var text = value.ToString(CultureInfo.InvariantCulture);

        Assert.True(ExactDecimal.TryParse(text, out var read));
        Assert.Equal(text, read.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(text, JsonSerializer.Deserialize<decimal>(JsonSerializer.Serialize(value, Digits), Digits).ToString(CultureInfo.InvariantCulture));
    }, iter: 5000);

    [Fact]
    public void Json_carries_a_decimal_as_a_string()
    {
        Assert.Equal("\"12.50\"", JsonSerializer.Serialize(12.50m, Digits));
        Assert.Equal("null", JsonSerializer.Serialize<decimal?>(value: null, Digits));
        Assert.Null(JsonSerializer.Deserialize<decimal?>("null", Digits));
    }

    [Theory]
    [InlineData("12.5")]
    [InlineData("\"NaN\"")]
    [InlineData("\"12345678901234567890123456789012345\"")]
    [InlineData("null")]
    [InlineData("true")]
    public void Json_that_is_no_string_of_digits_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<decimal>(json, Digits));
}
