using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Markets;
using Platform.Projections.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets.History;

namespace Platform.Workers.Tests.Markets.Aggregation;

/// <summary>Trades of three months come over the socket of a venue; its connector, the aggregator and the journal make bars of them.</summary>
public sealed class SocketToBarsTests
{
    private const int TradesPerSecond = 1_000;
    private const int Trades = 520;
    private static readonly VenueId Venue = VenueId.From("paper");
    private static readonly MarketKey Market = MarketKey.From("BTC-USDT");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly DateTimeOffset first = BarLevel.Second.StartOf(TimeProvider.System.GetUtcNow().AddDays(-80));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bars_of_every_length_are_what_plain_sums_of_the_trades_say()
    {
        await using var cold = await ColdHost.MakeAsync(TradesPerSecond, TimeOf);
        using var host = await cold.StartAsync("00:00:00.1");
        var (bars, history) = (host.Services.GetRequiredService<BarRows>(), host.Services.GetRequiredService<BarHistory>());
        await Eventually.IsTrueAsync("months were told", Deadline, _ => Task.FromResult(cold.Venue.Last >= Trades), Cancel);
        cold.Venue.End();
        var id = await host.Services.GetRequiredService<Instruments>().IdAsync(Venue, Market, Cancel);
        await Eventually.IsTrueAsync("all is written", Deadline, async _ => (await StoredAsync(BarLevel.Day)).Sum(bar => bar.Trades) == cold.Venue.Last, Cancel);

        foreach (var level in Enum.GetValues<BarLevel>())
            Assert.Equal(NaiveOf(cold.Venue, at => Floor(at, level.Length)), (await StoredAsync(level)).Select(TextOf));
        Assert.Equal(NaiveOf(cold.Venue, at => Floor(at, TimeSpan.FromMinutes(15))).Take(8), (await AskedAsync("15m")).Take(8));
        Assert.Equal(NaiveOf(cold.Venue, at => Floor(at, TimeSpan.FromHours(4))), await AskedAsync("4h"));
        Assert.Equal(NaiveOf(cold.Venue, at => Floor(at, TimeSpan.FromDays(1)).AddDays(-(((int)at.DayOfWeek + 6) % 7))), await AskedAsync("1w"));
        Assert.Equal(NaiveOf(cold.Venue, at => new(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero)), await AskedAsync("1M"));
        // Seconds and minutes are not asked for over months.
        Assert.Equal(NaiveOf(cold.Venue, at => Floor(at, TimeSpan.FromSeconds(5))).Take(2), (await AskedAsync("5s")).Take(2));

        Task<IReadOnlyList<Bar>> StoredAsync(BarLevel level) =>
            bars.ReadAsync(id, level, first.AddDays(-1), first.AddDays(90), int.MaxValue, Cancel);

        async Task<IEnumerable<string>> AskedAsync(string timeframe) =>
            (await history.ReadAsync(new(Venue, Market, Timeframe.From(timeframe), first, To: null, 1_000, BarFill.None), Cancel))!.Bars
                .Where(bar => bar.Bar.Prices is not null).Select(bar => TextOf(bar.Bar));
    }

    // Bursts within a second, some seconds apart, a quarter of an hour, and three days.
    private DateTimeOffset TimeOf(long id)
    {
        var (rounds, inRound) = Math.DivRem(Math.Min(id, Trades), 20);
        return first.AddHours(73 * rounds).AddMinutes(inRound >= 10 ? 17 : 0).AddSeconds(4 * (inRound / 5)).AddMilliseconds((130 * inRound) + Math.Max(0, id - Trades));
    }

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan length) => new(at.UtcTicks - (at.UtcTicks % length.Ticks), TimeSpan.Zero);

    private static IEnumerable<string> NaiveOf(CountingVenue venue, Func<DateTimeOffset, DateTimeOffset> startOf)
    {
        var trades = Enumerable.Range(1, (int)venue.Last)
            .Select(id => (At: venue.TimeOf(id), Price: CountingVenue.PriceOf("BTCUSDT", id), Quantity: CountingVenue.QuantityOf(id)));
        return
            from trade in trades
            group trade by startOf(trade.At) into bar
            orderby bar.Key
            select TextOf(
                bar.Key, bar.First().Price, bar.Max(trade => trade.Price), bar.Min(trade => trade.Price), bar.Last().Price,
                bar.Sum(trade => trade.Quantity), bar.Sum(trade => trade.Price * trade.Quantity), bar.Count());
    }

    private static string TextOf(Bar bar) => bar.Prices is { } prices
        ? TextOf(
            bar.Start, prices.Open.Value, prices.High.Value, prices.Low.Value, prices.Close.Value, bar.Volume.Value, bar.QuoteVolume!.Value.Value,
            bar.Trades!.Value)
        : $"{bar.Start:u} {bar.State}";

    private static string TextOf(DateTimeOffset start, params decimal[] values) =>
        $"{start:u} {string.Join(' ', values.Select(value => value.ToString("0.############", CultureInfo.InvariantCulture)))}";
}
