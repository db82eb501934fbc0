using System.Text.Json;
using CsCheck;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Values;

public sealed class ValueTests
{
    [Fact]
    public void Price_is_above_zero()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Price.From(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Price.From(-1));
    }

    [Fact]
    public void Quantity_and_notional_are_not_below_zero()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.From(-0.01m));
        Assert.Throws<ArgumentOutOfRangeException>(() => Notional.From(-0.01m));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.From(1) - Quantity.From(1.01m));
    }

    [Fact]
    public void Price_times_quantity_is_exact_and_divided_by_it_the_price_again() =>
        Gen.Select(Gen.Long[1, 10_000_000_000_000], Gen.Long[1, 10_000_000_000]).Sample((ticks, lots) =>
        {
            var (price, quantity) = (Price.From(ticks / 100_000_000m), Quantity.From(lots / 100_000_000m));

            Assert.Equal((System.Numerics.BigInteger)ticks * lots, (System.Numerics.BigInteger)((price * quantity).Value * 1e16m));
            Assert.Equal(price, price * quantity / quantity);
        });

    [Fact]
    public void Average_is_rounded_at_sixteen_places_and_never_to_nothing()
    {
        Assert.Equal(0.6666666666666667m, (Notional.From(2) / Quantity.From(3)).Value);
        Assert.Equal(0.00000000000000001m, (Notional.From(0.00001m) / Quantity.From(1_000_000_000_000)).Value);
    }

    [Theory]
    [InlineData("BTC")]
    [InlineData("1INCH")]
    [InlineData("BRK.B")]
    public void Asset_is_a_code(string code) => Assert.Equal(code, Asset.From(code).Value);

    [Theory]
    [InlineData("")]
    [InlineData("btc")]
    [InlineData("BTC ")]
    [InlineData("BTC-USDT")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTU")]
    public void Text_that_is_no_code_is_no_asset(string text) => Assert.Throws<ArgumentException>(() => Asset.From(text));

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    [InlineData("tab\t")]
    [InlineData("käse")]
    public void Key_is_visible_ascii(string text) => Assert.Throws<ArgumentException>(() => EnsureKey.From(text));

    [Fact]
    public void Key_has_a_longest_length()
    {
        Assert.Equal(EnsureKey.LengthMax, EnsureKey.From(new('k', EnsureKey.LengthMax)).Value.Length);
        Assert.Throws<ArgumentException>(() => EnsureKey.From(new('k', EnsureKey.LengthMax + 1)));
    }

    [Fact]
    public void Money_says_its_asset() => Assert.Equal("1.50 BTC", new Money(1.50m, Asset.From("BTC")).ToString());

    [Fact]
    public void Values_are_bare_strings_in_json()
    {
        Assert.Equal("\"0.10\"", JsonSerializer.Serialize(Price.From(0.10m)));
        Assert.Equal(Price.From(0.10m), JsonSerializer.Deserialize<Price>("\"0.10\""));
        Assert.Equal("\"BTC-USDT\"", JsonSerializer.Serialize(Symbol.From("BTC/USDT")));
        Assert.Equal(
            OrderId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000001")),
            JsonSerializer.Deserialize<OrderId>("\"0199f2b0-0000-7000-8000-000000000001\""));
    }

    [Theory]
    [InlineData("0.10")]
    [InlineData("\"0\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"1e3\"")]
    [InlineData("\"12345678901234567890123456789012345\"")]
    [InlineData("null")]
    public void Json_that_is_no_price_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Price>(json));

    [Fact]
    public void What_does_not_exist_and_what_is_anothers_look_alike() => Assert.Equal("not_found", Refusal.NotFound.Code);

    [Fact]
    public void Command_that_was_done_has_no_refusal() => Assert.Null(Answer.Done.Refusal);

    [Fact]
    public void Decision_is_either_its_events_or_its_refusal()
    {
        Decision<string> accepted = "happened", refused = new Refusal("no", "No.");

        Assert.Equal("happened", accepted.Match(events => events[0], refusal => refusal.Code));
        Assert.Equal("no", refused.Match(events => events[0], refusal => refusal.Code));
        Assert.Equal(0, Decision<string>.Nothing.Match(events => events.Count, _ => -1));
    }
}
