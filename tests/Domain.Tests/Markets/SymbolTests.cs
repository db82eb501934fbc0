using System.Text.Json;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets;

public sealed class SymbolTests
{
    [Theory]
    [InlineData("BTC-USDT", "BTC", "USDT")]
    [InlineData("BTC/USDT", "BTC", "USDT")]
    [InlineData("1000SATS-FDUSD", "1000SATS", "FDUSD")]
    [InlineData("BRK.B-USD", "BRK.B", "USD")]
    public void Market_is_two_assets_joined_by_a_hyphen(string text, string baseAsset, string quoteAsset)
    {
        var symbol = Symbol.From(text);

        Assert.Equal($"{baseAsset}-{quoteAsset}", symbol.Value);
        Assert.Equal((Asset.From(baseAsset), Asset.From(quoteAsset)), (symbol.Base, symbol.Quote));
        Assert.Equal(symbol, Symbol.Of(symbol.Base, symbol.Quote));
    }

    [Theory]
    [InlineData("")]
    [InlineData("BTCUSDT")]
    [InlineData("BTC-")]
    [InlineData("-USDT")]
    [InlineData("BTC-USDT-PERP")]
    [InlineData("btc-usdt")]
    [InlineData("BTC USDT")]
    [InlineData("ВТС-USDT")]
    [InlineData("BTC-USDT\n")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA-USDT")]
    public void Anything_else_is_no_market(string text)
    {
        Assert.ThrowsAny<ArgumentException>(() => Symbol.From(text));
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Symbol>(JsonSerializer.Serialize(text)));
    }

    [Fact]
    public void Default_is_harmless()
    {
        Assert.Equal(string.Empty, default(Symbol).ToString());
        Assert.Equal(string.Empty, default(Asset).ToString());
    }
}
