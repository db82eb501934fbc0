using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Values;

public sealed class CanonicalJsonTests
{
    private static readonly Gen<string> AnyText = Gen.String[Gen.Char['\u0001', '\ud7ff'], 0, 12];

    private static readonly Gen<object?> Nothing = Gen.Bool.Select(_ => (object?)null);

    private static readonly Gen<object?> AnyValue = Gen.Recursive<object?>((depth, inner) => Gen.OneOf(
        AnyText.Select(text => (object?)text),
        Gen.Long[-(1L << 53), 1L << 53].Select(number => (object?)number),
        Gen.Bool.Select(flag => (object?)flag),
        Nothing,
        depth > 3 ? Nothing : inner.Array[0, 4].Select(items => (object?)items),
        depth > 3 ? Nothing : Gen.Dictionary(AnyText, inner)[0, 4].Select(members => (object?)members)));

    [Fact]
    public void Example_of_the_standard_is_written_as_the_standard_writes_it() => Assert.Equal(
        """{"literals":[null,true,false],"numbers":[1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
        Canonical(
            """
            {
              "numbers": [1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """));

    [Fact]
    public void Members_are_sorted_by_utf16_code_units() => Assert.Equal(
        "{\"\\r\":1,\"1\":2,\"\u20ac\":3,\"\ud83d\ude00\":4,\"\ufb33\":5}",
        Canonical("""{"\ufb33":5,"\ud83d\ude00":4,"\u20ac":3,"1":2,"\r":1}"""));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("-9007199254740991", "-9007199254740991")]
    [InlineData("100000000000000000000", "100000000000000000000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("123e18", "123000000000000000000")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("1.5e-9", "1.5e-9")]
    [InlineData("12.340", "12.34")]
    [InlineData("-0.10", "-0.1")]
    [InlineData("1234567890.12345", "1234567890.12345")]
    public void Number_is_written_as_ecmascript_writes_it(string json, string canonical) =>
        Assert.Equal(canonical, Canonical(json));

    [Theory]
    [InlineData("333333333.33333329")]
    [InlineData("9007199254740993")]
    [InlineData("0.1234567890123456")]
    [InlineData("1e400")]
    [InlineData("1e99999999999")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\ud800\":1}")]
    public void What_two_values_could_share_is_refused(string json) =>
        Assert.Throws<FormatException>(() => Canonical(json));

    [Fact]
    public void Member_named_twice_is_refused() =>
        Assert.ThrowsAny<JsonException>(() => Canonical("""{"a":1,"a":2}"""));

    [Fact]
    public void Short_number_keeps_the_value_that_every_json_reader_sees() =>
        Gen.Select(Gen.Long[-999_999_999_999_999, 999_999_999_999_999], Gen.Int[-40, 40]).Sample((digits, exponent) =>
        {
            var json = string.Create(CultureInfo.InvariantCulture, $"{digits}e{exponent}");
            var expected = double.Parse(json, CultureInfo.InvariantCulture);
            Assert.Equal(expected, double.Parse(Canonical(json), CultureInfo.InvariantCulture));
        });

    [Fact]
    public void Canonical_text_is_its_own_canonical_form_and_keeps_the_value() => AnyValue.Sample(value =>
    {
        var json = JsonSerializer.Serialize(value);
        var canonical = Canonical(json);
        Assert.Equal(canonical, Canonical(canonical));
        using var before = JsonDocument.Parse(json);
        using var after = JsonDocument.Parse(canonical);
        Assert.True(JsonElement.DeepEquals(before.RootElement, after.RootElement));
    });

    private static string Canonical(string json)
    {
        var output = new ArrayBufferWriter<byte>();
        CanonicalJson.Write(Encoding.UTF8.GetBytes(json), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
