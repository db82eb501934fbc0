using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.History;

namespace Platform.Workers.Tests.Markets;

/// <summary>What a venue says of its latest bars when somebody looks at them.</summary>
public sealed class BarCatchUpTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider time = new(Start.AddMinutes(2).AddSeconds(1));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Minute_that_has_just_ended_is_told_and_not_stored_before_its_last_trade_is_in_it()
    {
        Bar[] told = [Traded(BarLevel.Minute, 0, 5), Traded(BarLevel.Minute, 60, 1), Traded(BarLevel.Minute, 120, 1)];
        await using var venue = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path == "/api/v3/klines" ? HealingHost.KlinesOf(told) : HealingHost.Instruments, Cancel));
        await using var rows = await MarketRows.MakeAsync();
        using var host = await HealingHost.MakeAsync(venue, rows, time);
        var id = await rows.InstrumentAsync("paper", "BTC-USDT");

        Assert.Equal([(5m, BarState.Traded), (1m, BarState.Traded), (1m, BarState.Partial)], await AskedAsync());
        // The stream has the last trade of the minute; what the venue says later stands over both.
        await rows.Bars.WriteAsync(
            [
                new(id, BarLevel.Second, Traded(BarLevel.Second, 60, 1), BarOrigin.Streamed),
                new(id, BarLevel.Second, Traded(BarLevel.Second, 119, 1), BarOrigin.Streamed),
            ],
            Cancel);
        Assert.Equal([5m, 2m], await StoredAsync());

        time.Advance(TimeSpan.FromSeconds(9));
        told[1] = Traded(BarLevel.Minute, 60, 3);
        Assert.Equal([(5m, BarState.Traded), (3m, BarState.Traded), (1m, BarState.Partial)], await AskedAsync());
        Assert.Equal([5m, 3m], await StoredAsync());

        async Task<IEnumerable<(decimal, BarState)>> AskedAsync() =>
            (await host.Services.GetRequiredService<BarHistory>().ReadAsync(
                new(VenueId.From("paper"), MarketKey.From("BTC-USDT"), Timeframe.OneMinute, Start, To: null, 1_000, BarFill.None), Cancel))!.Bars
                .Select(bar => (bar.Bar.Volume.Value, bar.Bar.State));

        async Task<IEnumerable<decimal>> StoredAsync() =>
            (await rows.Bars.ReadAsync(id, BarLevel.Minute, Start, Start.AddDays(1), 10, Cancel)).Select(bar => bar.Volume.Value);
    }

    private static Bar Traded(BarLevel level, int second, decimal volume) => new(
        level.StartOf(Start.AddSeconds(second)), new(Price.From(100), Price.From(100), Price.From(100), Price.From(100)), Quantity.From(volume),
        Notional.From(100 * volume), 1, BarState.Traded);
}
