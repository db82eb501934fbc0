using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Tests.Markets.Venues;

public sealed class WireNumberTests
{
    [Theory]
    [InlineData("17000.01000000", "17000.01")]
    [InlineData("0.00000000", "0")]
    [InlineData("-1.50", "-1.5")]
    [InlineData("100", "100")]
    [InlineData("9999999999999999999.00", "9999999999999999999")]
    [InlineData("12345678901234567890.1200", "12345678901234567890.12")]
    public void Decimal_keeps_the_zeros_that_were_sent_or_none(string text, string shortest)
    {
        Assert.Equal(text, AsWritten(text).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(shortest, Shortest(text).ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Exponent_is_understood_and_its_zeros_are_no_tail() =>
        Assert.Equal((15_000m, 0.000000015m), (Shortest("1.5e4"), Shortest("1.5E-8")));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("1.5x")]
    [InlineData("0.12345678901234567890123456789")]
    public void What_is_no_exact_decimal_is_not_as_documented(string text)
    {
        Assert.Throws<JsonException>(() => AsWritten(text));
        Assert.Throws<JsonException>(() => Shortest(text));
    }

    private static decimal AsWritten(string text)
    {
        var reader = On(text);
        return reader.AsWritten();
    }

    private static decimal Shortest(string text)
    {
        var reader = On(text);
        return reader.Shortest();
    }

    private static WireReader On(string text)
    {
        var reader = new WireReader(Encoding.UTF8.GetBytes($"\"{text}\""));
        reader.Read();
        return reader;
    }
}
