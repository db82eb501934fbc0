using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Markets;
using Platform.Domain.Snapshots;
using Platform.Domain.Values;
using Platform.Projections.Markets;
using Platform.Workers.Markets;
using Platform.Workers.Markets.History;
using Platform.Workers.Snapshots;

namespace Platform.Workers.Tests.Markets;

/// <summary>Holes whose minutes the venue does not give any more, or nobody keeps: hours and days are asked for as such.</summary>
public sealed class LongHealingTests
{
    private const int Bins = 96;
    private const int Quiet = 33;

    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider time = new(Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hours_whose_minutes_are_not_kept_are_healed_by_hours_and_days_and_samples_follow()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, BarLevel.Hour, "1h"));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HostAsync(venue, rows, TimeSpan.FromDays(60));
        await WriteAsync(rows, "truth", BarLevel.Hour, Enumerable.Range(0, Bins).Select(bin => bin == Quiet ? Bar.Empty(Start.AddHours(bin)) : True(BarLevel.Hour, bin)));
        await WriteAsync(rows, "paper", BarLevel.Hour, Enumerable.Range(0, Bins).Where(bin => bin is < 30 or >= 36)
            .Select(bin => bin == 50 ? True(BarLevel.Hour, bin) with { Volume = Quantity.From(0.1m), State = BarState.Partial } : True(BarLevel.Hour, bin)));
        await host.Services.GetRequiredService<SeriesSampling>().ResampleAsync(Start, Start.AddHours(Bins), Cancel);
        Assert.NotEqual(await SamplesAsync(rows, "truth"), await SamplesAsync(rows, "paper"));

        await SweepAndHealAsync(host);
        await host.Services.GetRequiredService<BarGaps>().SweepLongAsync(Cancel);

        Assert.Equal(
            ["01-02 06|01-02 12|hole|3|1|paper hours|", "01-03 02|01-03 03|hole|3|1|paper hours|"], await GapsAsync(rows));
        Assert.Equal(await LevelsAsync(rows, "truth"), await LevelsAsync(rows, "paper"));
        Assert.Equal(await SamplesAsync(rows, "truth"), await SamplesAsync(rows, "paper"));
        Assert.Equal(Bins + (Bins / 24), (await SamplesAsync(rows, "paper")).Count);
        Assert.Equal(["True"], await rows.AskAsync(
            "select sum(a) filter (where bin = 'BTC') = 2 * sum(a) filter (where bin = 'truth/BTC-USDT') from platform.series_sample where every = 1"));
    }

    [Fact]
    public async Task Days_whose_hours_are_not_kept_are_healed_by_days()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, BarLevel.Day, "1d"));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HostAsync(venue, rows, TimeSpan.FromDays(4 * 365));
        await WriteAsync(rows, "paper", BarLevel.Day, Enumerable.Range(0, Bins).Where(bin => bin is not (20 or 21)).Select(bin => True(BarLevel.Day, bin)));

        await SweepAndHealAsync(host);

        Assert.Equal(["01-21 00|01-23 00|hole|3|1|paper days|"], await GapsAsync(rows));
        Assert.Equal([$"{True(BarLevel.Day, 20).Volume}|3", $"{True(BarLevel.Day, 21).Volume}|3"], await rows.AskAsync(
            "select volume, state from platform.md_candle where level = 86400 and ts between '2024-01-21Z' and '2024-01-22Z' order by ts"));
    }

    [Fact]
    public async Task Long_hole_is_healed_in_stretches_of_a_month()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, BarLevel.Day, "1d"));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HostAsync(venue, rows, TimeSpan.FromDays(4 * 365));
        await WriteAsync(rows, "paper", BarLevel.Day, Enumerable.Range(0, Bins).Where(bin => bin is < 10 or >= 80).Select(bin => True(BarLevel.Day, bin)));

        await SweepAndHealAsync(host);
        await host.Services.GetRequiredService<BarGaps>().SweepLongAsync(Cancel);

        Assert.Equal(
            ["01-11 00|02-11 00|hole|3|1|paper days|", "02-11 00|03-13 00|hole|3|1|paper days|", "03-13 00|03-21 00|hole|3|1|paper days|"],
            await GapsAsync(rows));
        Assert.Equal([$"{Bins}"], await rows.AskAsync("select count(*) from platform.md_candle where level = 86400"));
    }

    [Fact]
    public async Task Minutes_that_the_venue_does_not_give_are_healed_as_an_hour_before_the_gap_is_given_up()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, BarLevel.Hour, "1h"));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HostAsync(venue, rows, TimeSpan.FromHours(2));
        await WriteAsync(rows, "paper", BarLevel.Minute, Enumerable.Range(0, 60).Where(minute => minute is < 10 or > 12).Select(minute => True(BarLevel.Minute, minute)));
        await OpenAsync(rows, Start.AddMinutes(10), Start.AddMinutes(13));

        await HealAsync(host);

        Assert.Equal(["01-01 00|01-01 00|hole|3|8|paper hours|3 minutes are neither given nor proved to be empty."], await GapsAsync(rows));
        Assert.Equal([$"{True(BarLevel.Hour, 0).Volume}|3|57"], await rows.AskAsync(
            "select volume, state, (select count(*) from platform.md_candle where level = 60) from platform.md_candle where level = 3600"));
    }

    [Fact]
    public async Task Hour_that_the_venue_does_not_give_either_stays_as_it_is()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, BarLevel.Hour, "none"));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HostAsync(venue, rows, TimeSpan.FromDays(60));
        await WriteAsync(rows, "paper", BarLevel.Hour, Enumerable.Range(0, Bins).Where(bin => bin != 40).Select(bin => True(BarLevel.Hour, bin)));
        var before = await LevelsAsync(rows, "paper");

        await SweepAndHealAsync(host);

        Assert.Equal(["01-02 16|01-02 17|hole|5|8||1 days are neither given nor proved to be empty."], await GapsAsync(rows));
        Assert.Equal(before, await LevelsAsync(rows, "paper"));
    }

    [Fact]
    public async Task Minute_that_may_be_cut_is_not_healed_by_a_venue_that_says_nothing_of_it()
    {
        await using var venue = await LoopbackVenue.StartAsync(context => AnswerAsync(context, BarLevel.Minute, "none"));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HostAsync(venue, rows, TimeSpan.FromMinutes(30));
        await WriteAsync(rows, "paper", BarLevel.Minute, Enumerable.Range(0, 10).Select(minute => True(BarLevel.Minute, minute)));
        await OpenAsync(rows, Start.AddMinutes(4), Start.AddMinutes(5));

        await host.Services.GetRequiredService<GapHealing>().RoundAsync(Cancel);

        Assert.Equal(["01-01 00|01-01 00|hole|1|1||1 minutes are neither given nor proved to be empty."], await GapsAsync(rows));
    }

    private async Task<IHost> HostAsync(LoopbackVenue venue, MarketRows rows, TimeSpan after)
    {
        time.Advance(after);
        var host = await HealingHost.MakeAsync(venue, rows, time);
        host.Services.GetRequiredService<BarGaps>().Tap(host.Services.GetRequiredService<ConnectedVenues>().Home);
        return host;
    }

    private async Task SweepAndHealAsync(IHost host)
    {
        await host.Services.GetRequiredService<BarGaps>().SweepLongAsync(Cancel);
        await HealAsync(host);
    }

    private async Task HealAsync(IHost host)
    {
        for (var round = 0; round < Gap.TriesMax && await host.Services.GetRequiredService<GapHealing>().RoundAsync(Cancel) > 0; round++)
            time.Advance(TimeSpan.FromHours(6));
    }

    private Task OpenAsync(MarketRows rows, DateTimeOffset from, DateTimeOffset to) => rows.Gaps.OpenAsync(
        [
            new(Guid.CreateVersion7(), BarHealer.Minutes, "paper/BTC-USDT", from, to, "hole", GapState.Suspect, Tries: 0, time.GetUtcNow(), time.GetUtcNow()),
        ],
        Cancel);

    // The venue has bars of one length alone, and none of a quiet one.
    private static async Task AnswerAsync(HttpContext context, BarLevel level, string interval)
    {
        var query = context.Request.Query;
        if (context.Request.Path == "/api/v3/exchangeInfo")
        {
            await context.Response.WriteAsync(HealingHost.Instruments, Cancel);
            return;
        }

        var from = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(query["startTime"].ToString(), CultureInfo.InvariantCulture));
        await context.Response.WriteAsync(
            HealingHost.KlinesOf(query["interval"] == interval
                ? Enumerable.Range(0, Bins).Where(bin => bin != Quiet).Select(bin => True(level, bin)).Where(bar => bar.Start >= from)
                    .Take(int.Parse(query["limit"].ToString(), CultureInfo.InvariantCulture))
                : []),
            Cancel);
    }

    private static Bar True(BarLevel level, int bin) => new(
        Start + (bin * level.Length),
        new(Price.From(100 + (bin % 13)), Price.From(120 + (bin % 5)), Price.From(90 - (bin % 7)), Price.From(101 + (bin % 17))),
        Quantity.From(1.25m + bin), QuoteVolume: null, Trades: null, BarState.Traded);

    private static async Task WriteAsync(MarketRows rows, string venue, BarLevel level, IEnumerable<Bar> bars)
    {
        var id = await rows.InstrumentAsync(venue, "BTC-USDT");
        await rows.Bars.WriteAsync([.. bars.Select(bar => new BarRow(id, level, bar, BarOrigin.Streamed))], Cancel);
    }

    private static Task<IReadOnlyList<string>> GapsAsync(MarketRows rows) => rows.AskAsync(
        """
        select to_char(from_ts at time zone 'UTC', 'MM-DD HH24'), to_char(to_ts at time zone 'UTC', 'MM-DD HH24'), cause, state, tries, healed_by, reason
        from platform.series_gap order by from_ts
        """);

    // All that is known but how it became known.
    private static Task<IReadOnlyList<string>> LevelsAsync(MarketRows rows, string venue) => rows.AskAsync(
        $"""
        select level, ts, open, high, low, close, volume, state in (2, 4) from platform.md_candle join platform.md_instrument on id = instrument_id
        where venue = '{venue}' order by level, ts
        """);

    private static Task<IReadOnlyList<string>> SamplesAsync(MarketRows rows, string venue) => rows.AskAsync(
        $"select every, ts, a, inputs from platform.series_sample where series = 'market.volume' and bin = '{venue}/BTC-USDT' order by 1, 2");
}
