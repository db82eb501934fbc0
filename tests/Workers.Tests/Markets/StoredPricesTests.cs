using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Projections.Markets;

namespace Platform.Workers.Tests.Markets;

/// <summary>What a market cost at an instant, by bars of all lengths in a real database.</summary>
public sealed class StoredPricesTests
{
    private static readonly DateTimeOffset Then = new(2024, 1, 10, 10, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan FourHours = TimeSpan.FromHours(4);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Price_of_an_instant_is_the_last_close_before_it_of_the_shortest_bars()
    {
        await using var rows = await MarketRows.MakeAsync();
        await WriteAsync(rows, "BTC-USDT", BarLevel.Hour, Then.AddMinutes(-90), close: 1);
        await WriteAsync(rows, "BTC-USDT", BarLevel.Minute, Then.AddMinutes(-2), close: 2);
        await WriteAsync(rows, "BTC-USDT", BarLevel.Minute, Then.AddMinutes(-1), close: 3);
        await WriteAsync(rows, "BTC-USDT", BarLevel.Minute, Then, close: 4);
        await WriteAsync(rows, "BTC-USDT:PERPETUAL", BarLevel.Minute, Then.AddMinutes(-1), close: 99);

        var at = await AsOfAsync(rows, (Then, FourHours), (Then.AddSeconds(59), FourHours), (Then.AddMinutes(1), FourHours), (Then.AddMinutes(-2), FourHours));

        Assert.Equal([3, 3, 4, 1], at.Select(points => Assert.Single(points).Price));
        Assert.Equal(Then, at[0][0].At);
    }

    [Fact]
    public async Task Close_that_is_too_old_is_no_price_and_a_day_is_better_than_none()
    {
        await using var rows = await MarketRows.MakeAsync();
        await WriteAsync(rows, "BTC-USDT", BarLevel.Day, new(Then.Date.AddDays(-1), TimeSpan.Zero), close: 7);

        var at = await AsOfAsync(rows, (Then, FourHours), (Then, TimeSpan.FromDays(1)));

        Assert.Empty(at[0]);
        Assert.Equal((7m, new DateTimeOffset(Then.Date, TimeSpan.Zero)), (at[1][0].Price, at[1][0].At));
    }

    private static Task<IReadOnlyList<IReadOnlyList<Domain.Markets.Heatmap.MarketPoint>>> AsOfAsync(
        MarketRows rows, params (DateTimeOffset, TimeSpan)[] instants) => new StoredPrices(rows.Database).AsOfAsync(instants, Cancel);

    private static async Task WriteAsync(MarketRows rows, string market, BarLevel level, DateTimeOffset start, decimal close)
    {
        var price = Price.From(close);
        Bar bar = new(start, new(price, price, price, price), Quantity.From(1), QuoteVolume: null, Trades: null, BarState.Traded);
        await rows.Bars.WriteAsync([new(await rows.InstrumentAsync("archive", market), level, bar, BarOrigin.Fetched)], Cancel);
    }
}
