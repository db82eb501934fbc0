using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Markets;

/// <summary>
/// Keeps the board true: the stream brings what changes, a snapshot after each connection or lost book brings what
/// was missed, and a poll brings the day's summary and confirms quotes that do not move.
/// </summary>
public sealed partial class MarketFeed(
    BinanceRest rest, BinanceMarketStream stream, MarketCatalog catalog, MarketBoard board,
    IOptions<VenueOptions> options, TimeProvider time, Random random, ILogger<MarketFeed> logger) : BackgroundService
{
    private const int SnapshotLevels = 1000;
    private static readonly TimeSpan TickerPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    private readonly ConflatingQueue<Symbol> behind = new();
    private volatile bool isConnected;

    /// <summary>Whether the market stream is up now.</summary>
    public bool IsConnected => isConnected;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await catalog.Ready.WaitAsync(stoppingToken);
        Symbol[] watched = [.. options.Value.Watched.Where(market => catalog.Find(market) is MarketLookup.Listed)];
        foreach (var market in watched)
            board.Watch(market);
        LogWatching(watched.Length, options.Value.Watched.Count);
        if (watched.Length > 0)
            // None of them ends by itself: the first to end broke, and the host is to know.
            await await Task.WhenAny(
                FollowAsync(watched, stoppingToken), CatchUpAsync(stoppingToken), PollAsync(watched, stoppingToken));
    }

    private async Task FollowAsync(Symbol[] watched, CancellationToken cancellationToken)
    {
        await foreach (var happened in stream.ReadAsync(watched, cancellationToken))
            switch (happened)
            {
                case StreamEvent<BinanceMarketMessage>.Connected:
                    isConnected = true;
                    LoseBooks(watched, "connected anew");
                    break;
                case StreamEvent<BinanceMarketMessage>.Disconnected(var reason):
                    LogDisconnected(reason);
                    isConnected = false;
                    LoseBooks(watched, "disconnected");
                    break;
                case StreamEvent<BinanceMarketMessage>.Received(var message):
                    Apply(message);
                    break;
                default: break;
            }
    }

    private void LoseBooks(Symbol[] watched, string reason)
    {
        foreach (var market in watched)
        {
            board.Watch(market).LoseBook(reason);
            behind.Offer(market);
        }
    }

    private void Apply(BinanceMarketMessage message)
    {
        if (catalog.NameOf(message.VenueSymbol) is not { } market)
            return;

        var memory = board.Watch(market);
        if (message is not BookChanged(var difference))
            memory.Apply(message);
        else if (memory.Apply(difference) is not BookState.Synced)
            behind.Offer(market);
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var backOff = new BackOff(time, random);
        var attempts = new Dictionary<Symbol, long>();
        await foreach (var market in behind.ReadAllAsync(cancellationToken))
        {
            // A book that will not stay joined is not asked for in a circle.
            if (attempts.TryGetValue(market, out var last) && time.GetElapsedTime(last) < Calm)
                await backOff.WaitAsync(cancellationToken);
            else
                backOff.Reset();

            attempts[market] = time.GetTimestamp();
            if (isConnected && !await CatchUpAsync(market, cancellationToken))
                behind.Offer(market);
        }
    }

    /// <summary>False while the book could not be joined to its stream.</summary>
    private async Task<bool> CatchUpAsync(Symbol market, CancellationToken cancellationToken)
    {
        var memory = board.Watch(market);
        if (memory.Book(levels: 0).Book.State is BookState.Synced)
            return true;

        if (await rest.TradesAsync(market, MarketMemory.TradesMax, cancellationToken)
            is VenueAnswer<IReadOnlyList<PublicTrade>>.Answered { Value: { Count: > 0 } trades })
            memory.Apply(trades);
        if (await rest.CandlesAsync(market, CandleInterval.OneMinute, MarketMemory.CandlesMax, cancellationToken)
            is VenueAnswer<IReadOnlyList<Candle>>.Answered { Value: { Count: > 0 } candles })
            memory.Apply(candles);
        return await rest.DepthAsync(market, SnapshotLevels, cancellationToken)
            is VenueAnswer<DepthSnapshot>.Answered { Value: var snapshot }
            && isConnected && memory.Apply(snapshot) is BookState.Synced;
    }

    private async Task PollAsync(Symbol[] watched, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TickerPeriod, time);
        do
            foreach (var market in watched)
                if (await rest.TickerAsync(market, cancellationToken)
                    is VenueAnswer<BinanceTicker>.Answered { Value: var ticker })
                    board.Watch(market).Apply(ticker);
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    [LoggerMessage(LogLevel.Information, "Watching {Watched} of {Wanted} markets")]
    private partial void LogWatching(int watched, int wanted);

    [LoggerMessage(LogLevel.Warning, "The market stream broke: {Reason}")]
    private partial void LogDisconnected(string reason);
}
