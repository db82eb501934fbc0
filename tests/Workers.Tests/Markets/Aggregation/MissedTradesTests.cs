using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Tests.Markets.Fetching;

namespace Platform.Workers.Tests.Markets.Aggregation;

/// <summary>Trades that a stream did not bring, and what is told and asked for around them. The venue has them all.</summary>
public sealed class MissedTradesTests : IAsyncLifetime
{
    private static readonly Instrument Bitcoin = MarketsHost.Listed("BTC-USDT", "BTCUSDT");
    private static readonly Instrument Ether = MarketsHost.Listed("ETH-USDT", "ETHUSDT");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Aggregator aggregator = new(Options.Create(new AggregationOptions { Shards = 1 }), TimeProvider.System);
    private readonly ConcurrentDictionary<string, int> last = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource ending = new();
    private readonly LinesOfLog log = new();
    private Action<string> asked = _ => { };
    private LoopbackVenue venue = null!;
    private IHost host = null!;
    private VenueTap tap = null!;
    private Task catchingUp = Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        venue = await LoopbackVenue.StartAsync(AnswerAsync);
        host = MarketsHost.For(venue.Address);
        var home = host.Services.GetRequiredService<ConnectedVenues>().Home;
        tap = new(
            aggregator.Intake(home.Venue), home, new ConflatingQueue<Suspicion>(), TimeProvider.System, new Random(1),
            log);
        tap.Connected();
        foreach (var instrument in (Instrument[])[Bitcoin, Ether])
            Happen(instrument, 1, isHeard: true);
        catchingUp = tap.CatchUpAsync(ending.Token);
        await CountedAsync(Bitcoin, 1);
        await CountedAsync(Ether, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => catchingUp);
        ending.Dispose();
        log.Dispose();
        host.Dispose();
        await venue.DisposeAsync();
    }

    [Fact]
    public async Task What_could_not_be_kept_while_the_journal_was_full_is_asked_for_again()
    {
        aggregator.AreTradesHeld = true;
        Happen(Bitcoin, 5, isHeard: false);
        tap.Connected();
        await Eventually.IsTrueAsync("it was asked for", Deadline, _ => Task.FromResult(venue.Calls.Count(IsAbout(Bitcoin)) >= 2), Cancel);
        aggregator.AreTradesHeld = false;
        Happen(Bitcoin, 6, isHeard: true);

        Assert.Equal(6, await CountedAsync(Bitcoin, 6));
    }

    [Fact]
    public async Task What_happened_before_the_stream_listened_is_asked_for_with_its_first_trade()
    {
        tap.Connected();
        await Eventually.IsTrueAsync("nothing was missed", Deadline, _ => Task.FromResult(Flushed(Bitcoin).CountedSince is not null), Cancel);
        Happen(Bitcoin, 3, isHeard: false);
        Happen(Bitcoin, 4, isHeard: true);

        Assert.Equal(4, await CountedAsync(Bitcoin, 4));
    }

    [Fact]
    public async Task What_was_asked_before_another_connection_says_nothing_of_that_one()
    {
        var isFirst = true;
        asked = symbol =>
        {
            if (isFirst)
            {
                // The answer is made, and on its way.
                isFirst = false;
                tap.Connected();
                Happen(Bitcoin, 3, isHeard: false);
            }
            else if (symbol.Equals(Ether.VenueSymbol, StringComparison.Ordinal))
            {
                Happen(Bitcoin, 4, isHeard: true);
                Flushed(Bitcoin);
            }
        };
        tap.Connected();

        Assert.Equal(4, await CountedAsync(Bitcoin, 4));
    }

    [Fact]
    public void What_is_too_fine_for_how_a_market_is_counted_is_told_once()
    {
        tap.Traded(Bitcoin, Trade(2) with { Price = Price.From(100.000000000001m) });
        tap.TellMisfits();
        tap.TellMisfits();

        Assert.Single(log.All.Split('\n'), line => line.StartsWith("Ticks left out of BTC-USDT at paper: 1,", StringComparison.Ordinal));
    }

    private static Func<(string Method, string Target, string Body), bool> IsAbout(Instrument instrument) =>
        call => call.Target.Contains($"symbol={instrument.VenueSymbol}", StringComparison.Ordinal);

    private static PublicTrade Trade(int id) =>
        new(id, Price.From(100 + id), Quantity.From(1), TakerSide.Buy, TimeProvider.System.GetUtcNow());

    private void Happen(Instrument instrument, int id, bool isHeard)
    {
        last[instrument.VenueSymbol] = id;
        if (isHeard)
            tap.Traded(instrument, Trade(id));
    }

    private MarketView Flushed(Instrument instrument)
    {
        aggregator.Flush(aggregator.Shards[0], TimeProvider.System.GetUtcNow());
        return aggregator.View(new(instrument.Market, instrument.Kind))!.Value;
    }

    // Each once, with none missing.
    private async Task<long> CountedAsync(Instrument instrument, int trades)
    {
        await Eventually.IsTrueAsync(
            $"{trades} are counted", Deadline, _ => Task.FromResult(Flushed(instrument) is { CountedSince: not null } view && view.Day.Trades >= trades), Cancel);
        return Flushed(instrument).Day.Trades;
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path != "/api/v3/historicalTrades")
            return context.Response.WriteAsync("[]", Cancel);

        var (symbol, from) = (context.Request.Query["symbol"].ToString(), int.Parse(context.Request.Query["fromId"]!, CultureInfo.InvariantCulture));
        var page = Enumerable.Range(from, Math.Max(0, last[symbol] - from + 1)).Select(Trade).Select(trade => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"id":{{trade.Id}},"price":"{{trade.Price}}","qty":"{{trade.Quantity}}","quoteQty":"0",
            "time":{{trade.At.ToUnixTimeMilliseconds()}},"isBuyerMaker":false,"isBestMatch":true}
            """)).ToList();
        asked(symbol);
        return context.Response.WriteAsync($"[{string.Join(',', page)}]", Cancel);
    }
}
