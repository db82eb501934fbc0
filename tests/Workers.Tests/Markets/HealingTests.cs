using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Snapshots;
using Platform.Domain.Values;
using Platform.Projections.Markets;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Markets.Heatmap;
using Platform.Workers.Markets.History;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Snapshots;

namespace Platform.Workers.Tests.Markets;

/// <summary>A venue on loopback that drops, repeats, reorders and restates, and what becomes of the holes in its minutes.</summary>
public sealed class HealingTests
{
    private const int Minutes = 720;

    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider time = new(Start.AddMinutes(Minutes + 5));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Levels_are_after_healing_what_they_had_been_without_faults()
    {
        var call = 0;
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, bars => (++call % 4) switch
        {
            1 => null,
            2 => [.. bars.Take(bars.Count / 2)],
            3 => [.. bars.OrderBy(bar => bar.Start.Minute * 7 % 60), .. bars.Take(5)],
            _ => bars,
        }));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HealingHost.MakeAsync(venue, rows, time);
        var gaps = host.Services.GetRequiredService<BarGaps>();
        gaps.Tap(host.Services.GetRequiredService<ConnectedVenues>().Home);
        // Without faults: every minute came, and of those without a trade it was said.
        await WriteAsync(rows, "truth", Enumerable.Range(0, Minutes).Select(minute => HasTrade(minute) ? True(minute) : Bar.Empty(Start.AddMinutes(minute))));
        // With: two stretches are missing, a minute was cut by a disconnect, and nothing is said of those without a trade.
        await WriteAsync(rows, "paper", Enumerable.Range(0, Minutes)
            .Where(minute => HasTrade(minute) && minute is not (>= 100 and < 130) and not (>= 300 and < 303))
            .Select(minute => minute == 501 ? True(minute) with { Volume = Quantity.From(0.1m) } : True(minute)));
        await rows.Gaps.OpenAsync([GapOf(501, 502, "disconnect")], Cancel);

        Assert.Equal(["4"], await HourStatesAsync(rows));
        await gaps.SweepAsync(TimeSpan.FromHours(25), Cancel);
        await HealAsync(host, rows);

        // What is made of minutes is whole when each of them is there or proved to be empty.
        Assert.DoesNotContain("4", await HourStatesAsync(rows));

        Assert.Equal(["disconnect|3", "hole|3"], await rows.AskAsync("select cause, state from platform.series_gap order by 1"));
        Assert.Equal(["paper minutes"], await rows.AskAsync("select distinct healed_by from platform.series_gap"));
        var truth = await LevelsAsync(rows, "truth");
        Assert.Equal(truth, await LevelsAsync(rows, "paper"));
        Assert.True(truth.Count > Minutes);
        Assert.Equal(["1|1"], await rows.AskAsync(
            "select revision, count(*) from platform.md_candle where level = 60 and ts = '2024-01-01 08:21Z' and state = 3 group by 1"));
    }

    [Fact]
    public async Task Nothing_is_concluded_where_the_venue_does_not_answer_and_it_is_given_up()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, _ => null));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HealingHost.MakeAsync(venue, rows, time);
        await WriteAsync(rows, "paper", Enumerable.Range(0, 10).Where(minute => minute is < 3 or > 5).Select(True));
        var before = await LevelsAsync(rows, "paper");
        await rows.Gaps.OpenAsync([GapOf(3, 6, "hole")], Cancel);

        await HealAsync(host, rows);

        var gap = Assert.Single(await rows.Gaps.LatestAsync(10, Cancel));
        Assert.Equal((GapState.Abandoned, 8, null), (gap.State, gap.Tries, gap.HealedBy));
        Assert.Equal(before, await LevelsAsync(rows, "paper"));
    }

    [Fact]
    public async Task End_of_what_the_venue_has_is_not_taken_for_emptiness()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, bars => [.. bars.Where(bar => bar.Start < Start.AddMinutes(6))]));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HealingHost.MakeAsync(venue, rows, time);
        await WriteAsync(rows, "paper", [True(0), True(1), True(2)]);
        await rows.Gaps.OpenAsync([GapOf(3, 9, "disconnect")], Cancel);

        await host.Services.GetRequiredService<GapHealing>().RoundAsync(Cancel);

        var gap = Assert.Single(await rows.Gaps.LatestAsync(10, Cancel));
        Assert.Equal((GapState.Confirmed, "4 minutes are neither given nor proved to be empty."), (gap.State, gap.Reason));
        Assert.Equal(["5"], await rows.AskAsync("select count(*) from platform.md_candle where level = 60"));
    }

    [Fact]
    public async Task Known_minute_that_the_venue_tells_otherwise_by_more_than_rounding_stays_and_both_are_kept()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(
            context, bars => [.. bars.Select(bar => bar.Start.Minute switch
            {
                1 => bar with { Volume = Quantity.From(bar.Volume.Value - 0.000000004m) },
                2 => bar with { Volume = Quantity.From(99) },
                _ => bar,
            })]));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HealingHost.MakeAsync(venue, rows, time);
        await WriteAsync(rows, "paper", Enumerable.Range(0, 10).Where(minute => minute is < 3 or > 5).Select(True));
        await rows.Gaps.OpenAsync([GapOf(3, 6, "hole")], Cancel);

        await HealAsync(host, rows);

        var gap = Assert.Single(await rows.Gaps.LatestAsync(10, Cancel));
        Assert.Equal((GapState.Healed, "The venue restated 2024-01-01 00:02:00Z."), (gap.State, gap.Reason));
        Assert.Equal([True(2).Volume.ToString()], await rows.AskAsync("select volume from platform.md_candle where level = 60 and ts = '2024-01-01 00:02Z'"));
        Assert.Equal([$"60|99|{True(2).Volume}"], await rows.AskAsync("select level, volume, kept_volume from platform.md_restatement"));
    }

    [Fact]
    public async Task Gap_of_a_venue_whose_data_is_stopped_waits_with_the_reason_and_is_healed_after_the_revival()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, bars => bars));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HealingHost.MakeAsync(venue, rows, time);
        await WriteAsync(rows, "paper", Enumerable.Range(0, 10).Where(minute => minute is < 3 or > 5).Select(True));
        await rows.Gaps.OpenAsync([GapOf(3, 6, "hole")], Cancel);
        var calls = venue.Calls.Count;

        MarketsHost.Know(host, new Killable(VenueId.From("paper"), VenueActivity.Data));
        await HealAsync(host, rows);

        var gap = Assert.Single(await rows.Gaps.LatestAsync(10, Cancel));
        Assert.Equal((GapState.Suspect, 0, "Data of paper is stopped: A test."), (gap.State, gap.Tries, gap.Reason));
        Assert.Equal(calls, venue.Calls.Count);

        MarketsHost.Know(host);
        await HealAsync(host, rows);
        Assert.Equal(GapState.Healed, Assert.Single(await rows.Gaps.LatestAsync(10, Cancel)).State);
    }

    [Fact]
    public async Task Past_of_the_heatmap_is_asked_of_the_next_venue_while_the_first_is_stopped()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, bars => bars));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HealingHost.MakeAsync(venue, rows, time, "peer");
        var market = host.Services.GetRequiredService<MarketCatalog>().InstrumentsOf(VenueId.From("peer"))!.Single();
        host.Services.GetRequiredService<Aggregator>().Intake(VenueId.From("peer")).List(market);
        var past = ActivatorUtilities.CreateInstance<HeatmapPast>(
            host.Services, new StoredPrices(rows.Database), Options.Create(new HeatmapOptions()));

        MarketsHost.Know(host, new Killable(VenueId.From("paper"), VenueActivity.Data));
        await past.RefreshAsync(Cancel);

        Assert.Equal(["peer"], await rows.AskAsync(
            "select distinct venue from platform.md_candle join platform.md_instrument on id = instrument_id"));
    }

    [Fact]
    public async Task Seconds_of_a_minute_that_is_proved_to_be_empty_are_empty_and_others_without_a_trade_are_missing()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, bars => bars));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HealingHost.MakeAsync(venue, rows, time);
        var id = await rows.InstrumentAsync("paper", "BTC-USDT");
        await rows.Bars.WriteAsync(
            [
                new(id, BarLevel.Second, True(0), BarOrigin.Streamed), new(id, BarLevel.Second, True(2), BarOrigin.Streamed),
                new(id, BarLevel.Minute, Bar.Empty(Start.AddMinutes(1)), BarOrigin.Fetched),
            ],
            Cancel);

        Assert.Equal([(0, BarState.Traded), (1, BarState.Missing), (60, BarState.Empty), (120, BarState.Traded), (121, BarState.Missing)], await StatesAsync("1s"));
        Assert.Equal([(0, BarState.Traded), (30, BarState.Missing), (60, BarState.Empty), (120, BarState.Traded), (150, BarState.Missing)], await StatesAsync("30s"));

        // Where each state begins.
        async Task<IEnumerable<(int, BarState)>> StatesAsync(string timeframe)
        {
            var page = await host.Services.GetRequiredService<BarHistory>().ReadAsync(
                new(VenueId.From("paper"), MarketKey.From("BTC-USDT"), Timeframe.From(timeframe), Start, Start.AddMinutes(3), 1_000, BarFill.None), Cancel);
            var bars = page!.Bars.Select(bar => bar.Bar).ToList();
            return bars.Where((bar, place) => place == 0 || bars[place - 1].State != bar.State).Select(bar => ((int)(bar.Start - Start).TotalSeconds, bar.State));
        }
    }

    [Fact]
    public async Task Gap_is_taken_by_one_node_and_again_when_that_one_has_died()
    {
        await using var rows = await MarketRows.MakeAsync();
        await rows.Gaps.OpenAsync([GapOf(3, 6, "hole"), GapOf(3, 6, "hole")], Cancel);
        var patience = TimeSpan.FromMinutes(5);

        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => rows.Gaps.ClaimAsync(time.GetUtcNow(), patience, Cancel)));

        Assert.Single(taken.OfType<Gap>());
        Assert.Equal(2, (await rows.Gaps.ClaimAsync(time.GetUtcNow() + patience, patience, Cancel))?.Tries);
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

    // Null answers that the venue is away.
    private static async Task AnswerAsync(HttpContext context, Func<IReadOnlyList<Bar>, IReadOnlyList<Bar>?> fault)
    {
        if (context.Request.Path == "/api/v3/exchangeInfo")
        {
            await context.Response.WriteAsync(HealingHost.Instruments, Cancel);
            return;
        }

        var from = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(context.Request.Query["startTime"].ToString(), CultureInfo.InvariantCulture));
        var limit = int.Parse(context.Request.Query["limit"].ToString(), CultureInfo.InvariantCulture);
        var wanted = Enumerable.Range(0, Minutes).Where(HasTrade).Select(True).Where(bar => bar.Start >= from).Take(limit).ToList();
        if (fault(wanted) is not { } told)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        await context.Response.WriteAsync(HealingHost.KlinesOf(told), Cancel);
    }

    private static bool HasTrade(int minute) => minute % 11 != 5;

    private static Bar True(int minute) => new(
        Start.AddMinutes(minute),
        new(Price.From(100 + (minute % 13)), Price.From(120 + (minute % 5)), Price.From(90 - (minute % 7)), Price.From(101 + (minute % 17))),
        Quantity.From(1.25m + minute), QuoteVolume: null, Trades: null, BarState.Traded);

    private static async Task WriteAsync(MarketRows rows, string venue, IEnumerable<Bar> bars)
    {
        var id = await rows.InstrumentAsync(venue, "BTC-USDT");
        await rows.Bars.WriteAsync([.. bars.Select(bar => new BarRow(id, BarLevel.Minute, bar, BarOrigin.Streamed))], Cancel);
    }

    private static Task<IReadOnlyList<string>> HourStatesAsync(MarketRows rows) => rows.AskAsync(
        "select distinct state from platform.md_candle join platform.md_instrument on id = instrument_id where venue = 'paper' and level = 3600");

    // All that is known but how it became known.
    private static Task<IReadOnlyList<string>> LevelsAsync(MarketRows rows, string venue) => rows.AskAsync(
        $"""
        select level, ts, open, high, low, close, volume, open is null from platform.md_candle join platform.md_instrument on id = instrument_id
        where venue = '{venue}' order by level, ts
        """);

    private Gap GapOf(int from, int to, string cause) => new(
        Guid.CreateVersion7(), BarHealer.Minutes, "paper/BTC-USDT", Start.AddMinutes(from), Start.AddMinutes(to), cause, GapState.Suspect, Tries: 0,
        time.GetUtcNow(), time.GetUtcNow());
}
