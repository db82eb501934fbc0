using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Markets;

/// <summary>What the catalog says of a market.</summary>
public abstract record MarketLookup
{
    private MarketLookup() { }

    public abstract TResult Match<TResult>(
        Func<Listed, TResult> listed, Func<TResult> unlisted, Func<TResult> venueUnavailable);

    /// <param name="IsTrading">False while the venue takes no orders on it.</param>
    public sealed record Listed(MarketRules Rules, bool IsTrading) : MarketLookup
    {
        public override TResult Match<TResult>(
            Func<Listed, TResult> listed, Func<TResult> unlisted, Func<TResult> venueUnavailable) => listed(this);
    }

    public sealed record Unlisted : MarketLookup
    {
        public override TResult Match<TResult>(
            Func<Listed, TResult> listed, Func<TResult> unlisted, Func<TResult> venueUnavailable) => unlisted();
    }

    /// <summary>The venue was never reached, so nobody knows what it lists.</summary>
    public sealed record VenueUnavailable : MarketLookup
    {
        public override TResult Match<TResult>(
            Func<Listed, TResult> listed, Func<TResult> unlisted, Func<TResult> venueUnavailable) => venueUnavailable();
    }
}

/// <summary>
/// The rules of all markets that the venue lists, asked for every ten minutes. Once reached, the last word holds
/// while the venue is away.
/// </summary>
public sealed partial class MarketCatalog(
    BinanceRest rest, TimeProvider time, Random random, ILogger<MarketCatalog> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Listing? listing;

    /// <summary>Completes when the venue has been reached for the first time.</summary>
    public Task Ready => ready.Task;

    public bool IsReady => listing is not null;

    /// <summary>All that is listed, by name; null when the venue was never reached.</summary>
    public IReadOnlyList<MarketLookup.Listed>? All => listing?.All;

    public MarketLookup Find(Symbol market) => listing switch
    {
        null => new MarketLookup.VenueUnavailable(),
        var known when known.ByName.TryGetValue(market, out var listed) => listed,
        _ => new MarketLookup.Unlisted(),
    };

    /// <summary>The market that the venue calls BTCUSDT; null when it is not listed, or nothing is known yet.</summary>
    public Symbol? NameOf(string venueSymbol) =>
        listing is { } known && known.ByVenueSymbol.TryGetValue(venueSymbol, out var market) ? market : null;

    /// <summary>Asks the venue now; false when it did not say, and then what was known stays.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var answer = await rest.ExchangeInfoAsync(cancellationToken);
        if (answer is not VenueAnswer<BinanceExchange>.Answered { Value.Markets: var markets })
        {
            LogNotRefreshed(answer.ToString());
            return false;
        }

        listing = new(markets);
        ready.TrySetResult();
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backOff = new BackOff(time, random);
        while (!stoppingToken.IsCancellationRequested)
            if (await RefreshAsync(stoppingToken))
            {
                backOff.Reset();
                await Task.Delay(Period, time, stoppingToken);
            }
            else
            {
                await backOff.WaitAsync(stoppingToken);
            }
    }

    [LoggerMessage(LogLevel.Warning, "The venue's markets could not be read: {Answer}")]
    private partial void LogNotRefreshed(string answer);

    private sealed class Listing(IReadOnlyList<BinanceMarket> markets)
    {
        public IReadOnlyList<MarketLookup.Listed> All { get; } =
            [.. markets.Select(Of).OrderBy(listed => listed.Rules.Market.Value, StringComparer.Ordinal)];

        public FrozenDictionary<Symbol, MarketLookup.Listed> ByName { get; } =
            markets.ToFrozenDictionary(market => market.Rules.Market, Of);

        public FrozenDictionary<string, Symbol> ByVenueSymbol { get; } =
            markets.ToFrozenDictionary(market => market.VenueSymbol, market => market.Rules.Market, StringComparer.Ordinal);

        private static MarketLookup.Listed Of(BinanceMarket market) => new(market.Rules, market.IsTrading);
    }
}
