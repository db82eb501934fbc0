using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Workers.Markets;
using Platform.Workers.Realtime;

namespace Platform.Api.Markets;

/// <summary>One kind of public topic of a market: <c>ticker/…</c>, <c>book/…</c>, <c>tape/…</c> or <c>candles/…</c>.</summary>
public sealed class MarketFamily(MarketTopic kind, MarketBoard board) : ITopicFamily
{
    private const int BookLevels = 20;
    private const int TapeMax = 50;
    private const int CandlesMax = 500;

    public MarketTopic Kind => kind;

    public string Name { get; } = kind switch
    {
        MarketTopic.Ticker => "ticker",
        MarketTopic.Book => "book",
        MarketTopic.Tape => "tape",
        _ => "candles",
    };

    public Permission Permission => OpenPermissions.ReadMarkets;

    public TopicShape Shape => kind is MarketTopic.Ticker or MarketTopic.Book ? TopicShape.Whole : TopicShape.Keyed;

    public ValueTask<TopicSnapshot?> SnapshotAsync(string entity, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Symbol.TryFrom(entity, out var market) && Read(market) is { } body ? new TopicSnapshot(body) : null);

    /// <summary>What newcomers get; null when the market is not followed.</summary>
    public object? Read(Symbol market) => kind switch
    {
        MarketTopic.Ticker => board.Ticker(market),
        MarketTopic.Book => board.Book(market, BookLevels) is { } reading ? BookResponse.Of(market, reading) : null,
        MarketTopic.Tape => board.Tape(market, TapeMax),
        _ => board.Candles(market, CandlesMax),
    };
}
