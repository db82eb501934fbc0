using System.Globalization;
using Platform.Domain.Values;
using Platform.Workers.Markets;
using Platform.Workers.Realtime;

namespace Platform.Api.Markets;

/// <summary>Tells the topics of the markets what the board learned; a market that changes faster than it is read is told once.</summary>
public sealed class MarketPush(MarketBoard board, IEnumerable<MarketFamily> families, Topics topics) : BackgroundService
{
    // So many trades between two readings are told one by one; who lags further takes a snapshot.
    private const int TapeMax = 200;

    // The bar that grows, and the one that just closed.
    private const int CandlesMax = 2;

    private readonly Dictionary<MarketTopic, MarketFamily> byKind = families.ToDictionary(family => family.Kind);
    private readonly Dictionary<Symbol, long> lastTrade = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (venue, market, kind) in board.ChangesAsync(stoppingToken))
            if (venue == board.Home)
                Publish(byKind[kind], market);
    }

    private void Publish(MarketFamily family, Symbol market)
    {
        var topic = new Topic(family.Name, market.Value);
        switch (family.Kind)
        {
            case MarketTopic.Tape:
                PublishTape(topic, market);
                break;
            case MarketTopic.Candles:
                foreach (var candle in board.Candles(market, CandlesMax) ?? [])
                    topics.Upsert(topic, candle.OpenTime.ToString("O", CultureInfo.InvariantCulture), candle);
                break;
            default:
                if (family.Read(market) is { } body)
                    topics.Replace(topic, body);
                break;
        }
    }

    private void PublishTape(Topic topic, Symbol market)
    {
        var last = lastTrade.GetValueOrDefault(market);
        foreach (var trade in (board.Tape(market, TapeMax) ?? []).Where(trade => trade.Id > last))
        {
            topics.Upsert(topic, trade.Id.ToString(CultureInfo.InvariantCulture), trade);
            lastTrade[market] = trade.Id;
        }
    }
}
