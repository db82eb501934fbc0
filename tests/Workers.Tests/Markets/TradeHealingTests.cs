using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Markets;
using Platform.Domain.Snapshots;
using Platform.Domain.Values;
using Platform.Projections.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.History;
using Platform.Workers.Snapshots;

namespace Platform.Workers.Tests.Markets;

/// <summary>A venue on loopback whose stream drops, repeats and reorders trades, and whose answers do the same.</summary>
public sealed class TradeHealingTests
{
    private const int SilentMinute = 5;

    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A quarter of an hour of two trades a second, but for one minute: more than a page.
    private static readonly PublicTrade[] Truth = [.. Enumerable.Range(0, 1800).Select(half => Start.AddMilliseconds(500 * half))
        .Where(at => at.Minute != SilentMinute)
        .Select((at, number) => new PublicTrade(
            number + 1, Price.From(100 + (number % 13)), Quantity.From(0.5m + (number % 5)), TakerSide.Buy, at))];

    private readonly FakeTimeProvider time = new(Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trades_that_the_stream_lost_come_by_their_ids_and_all_levels_are_as_without_faults()
    {
        var call = 0;
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, page => (++call % 4) switch
        {
            1 => null,
            2 => [.. page.Take(page.Count / 2)],
            3 => [.. page.Reverse(), .. page.Take(7)],
            _ => page,
        }));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HealingHost.MakeAsync(venue, rows, time);
        await StoreAsync(rows, "truth", Truth);
        await rows.Bars.WriteAsync(
            [new(await rows.InstrumentAsync("truth", "BTC-USDT"), BarLevel.Minute, Bar.Empty(Start.AddMinutes(SilentMinute)), BarOrigin.Fetched)], Cancel);

        await HearAsync(host, rows, [.. Disturbed(Truth)]);
        await HealAsync(host, rows);

        Assert.Equal(
            ["hole||paper minutes", "trade_ids|1000-1002|paper trades", "trade_ids|300-305|paper trades", "trade_ids|700-700|paper trades"],
            await rows.AskAsync("select cause, evidence, healed_by from platform.series_gap order by 1, 2"));
        Assert.Equal(await LevelsAsync(rows, "truth"), await LevelsAsync(rows, "paper"));
        Assert.Equal(["0|0"], await rows.AskAsync(
            "select count(*) filter (where state = 4), count(*) filter (where trades is null and open is not null) from platform.md_candle where level < 300"));
    }

    [Fact]
    public async Task Minutes_do_where_the_venue_does_not_prove_its_trades()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, page => [.. page.Where(trade => trade.Id != 303)]));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HealingHost.MakeAsync(venue, rows, time);

        await HearAsync(host, rows, [.. Truth.Where(trade => trade.Id is < 300 or > 305 && trade.At.Minute < SilentMinute)]);
        await HealAsync(host, rows);

        var gap = Assert.Single(await rows.Gaps.LatestAsync(10, Cancel));
        Assert.Equal(
            (GapState.Healed, 4, "paper minutes", "The venue's own trades have holes between their ids."), (gap.State, gap.Tries, gap.HealedBy, gap.Reason));
        var minute = BarLevel.Minute.StartOf(Truth[301].At);
        var expected = Assert.Single(Bars.OfTrades(Truth, BarLevel.Minute, BarState.Healed), bar => bar.Start == minute);
        Assert.Equal(["True|3"], await rows.AskAsync($"select volume = {expected.Volume}, state from platform.md_candle where level = 60 and ts = '{minute:u}'"));
    }

    // Of a market's trades in the order of the venue: some are lost, one comes twice, two change places.
    private static IEnumerable<PublicTrade> Disturbed(PublicTrade[] trades)
    {
        foreach (var trade in trades)
            if (trade.Id is not (>= 300 and <= 305) and not (>= 1000 and <= 1002) and not 700)
            {
                yield return trade;
                if (trade.Id == 400)
                    yield return trade;
                if (trade.Id == 701)
                    yield return trades[699];
            }
    }

    // The ear hears them as they come, and counted is what the aggregator counts: what rises.
    private async Task HearAsync(IHost host, MarketRows rows, IReadOnlyList<PublicTrade> heard)
    {
        var gaps = host.Services.GetRequiredService<BarGaps>();
        var home = host.Services.GetRequiredService<ConnectedVenues>().Home;
        var ear = gaps.Tap(home);
        var instrument = Assert.IsType<MarketLookup.Listed>(
            host.Services.GetRequiredService<MarketCatalog>().Find(home.Venue, Symbol.From("BTC-USDT"))).Instrument;
        await gaps.StartAsync(Cancel);
        var counted = new List<PublicTrade>();
        foreach (var trade in heard)
        {
            time.SetUtcNow(trade.At > time.GetUtcNow() ? trade.At : time.GetUtcNow());
            ear.Heard();
            ear.Traded(instrument, trade);
            if (counted.Count == 0 || trade.Id > counted[^1].Id)
                counted.Add(trade);
        }

        var holes = counted.Zip(counted.Skip(1)).Count(pair => pair.Second.Id > pair.First.Id + 1);
        await Eventually.IsTrueAsync(
            "all holes are written down", TimeSpan.FromSeconds(60), async waiting => (await rows.Gaps.LatestAsync(10, waiting)).Count == holes, Cancel);
        await gaps.StopAsync(Cancel);
        await StoreAsync(rows, "paper", counted);
        time.Advance(TimeSpan.FromMinutes(2));
        await gaps.SweepAsync(TimeSpan.FromHours(25), Cancel);
    }

    private async Task HealAsync(IHost host, MarketRows rows)
    {
        var healing = host.Services.GetRequiredService<GapHealing>();
        for (var round = 0; round < 10 && (await rows.Gaps.LatestAsync(10, Cancel)).Any(gap => gap.IsOpen); round++)
        {
            await healing.RoundAsync(Cancel);
            time.Advance(TimeSpan.FromHours(6));
        }
    }

    private static async Task StoreAsync(MarketRows rows, string venue, IEnumerable<PublicTrade> trades)
    {
        var id = await rows.InstrumentAsync(venue, "BTC-USDT");
        await rows.Bars.WriteAsync(
            [.. Bars.OfTrades(trades, BarLevel.Second, BarState.Traded).Select(bar => new BarRow(id, BarLevel.Second, bar, BarOrigin.Streamed))], Cancel);
    }

    // Null answers that the venue is away; minutes are always given.
    private static async Task AnswerAsync(HttpContext context, Func<IReadOnlyList<PublicTrade>, IReadOnlyList<PublicTrade>?> fault)
    {
        var asked = context.Request.Query;
        if (context.Request.Path == "/api/v3/exchangeInfo")
        {
            await context.Response.WriteAsync(HealingHost.Instruments, Cancel);
        }
        else if (context.Request.Path == "/api/v3/klines")
        {
            var from = DateTimeOffset.FromUnixTimeMilliseconds(Number("startTime"));
            await context.Response.WriteAsync(
                HealingHost.KlinesOf(Bars.OfTrades(Truth, BarLevel.Minute, BarState.Traded).Where(bar => bar.Start >= from).Take((int)Number("limit"))), Cancel);
        }
        else if (fault([.. Truth.Where(trade => trade.Id >= Number("fromId")).Take((int)Number("limit"))]) is { } told)
        {
            await context.Response.WriteAsync($"[{string.Join(',', told.Select(TextOf))}]", Cancel);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        long Number(string name) => long.Parse(asked[name].ToString(), CultureInfo.InvariantCulture);
    }

    private static string TextOf(PublicTrade trade) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":{{trade.Id}},"price":"{{trade.Price}}","qty":"{{trade.Quantity}}","quoteQty":"1","time":{{trade.At.ToUnixTimeMilliseconds()}},"isBuyerMaker":false,"isBestMatch":true}""");

    private static Task<IReadOnlyList<string>> LevelsAsync(MarketRows rows, string venue) => rows.AskAsync(
        $"""
        select level, ts, open, high, low, close, volume, quote_volume, trades from platform.md_candle join platform.md_instrument on id = instrument_id
        where venue = '{venue}' order by level, ts
        """);
}
