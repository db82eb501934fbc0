using Platform.PaperVenue.Markets;
using Platform.PaperVenue.Protocol;

namespace Platform.PaperVenue.Streams;

/// <summary>Publishes what goes by the clock: depth every 100 ms or second, candles and tickers every second.</summary>
public sealed class StreamClock(MarketViews markets, StreamHub hub, TimeProvider clock) : BackgroundService
{
    private const int TicksASecond = 10;

    private readonly Dictionary<string, long> openCandles = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / TicksASecond, clock);
        var tick = 0;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            tick = (tick + 1) % TicksASecond;
            Publish(second: tick == 0);
        }
    }

    private void Publish(bool second)
    {
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var wanted = hub.Names.Select(StreamName.Parse).OfType<StreamName>().ToList();
        foreach (var market in markets.All)
        {
            lock (market.Gate)
            {
                foreach (var name in wanted.Where(name => name.IsOf(market.Instrument.Symbol)))
                    PublishMarket(market, name, second, at);
                market.Depth.Fast.Clear();
                if (second)
                    market.Depth.Slow.Clear();
            }
        }
        if (second)
        {
            foreach (var name in wanted.Where(name => name.Symbol is null))
                PublishAll(name, at);
        }
    }

    private void PublishMarket(MarketView market, StreamName name, bool second, long at)
    {
        var due = name.Fast || second;
        var changes = name.Fast ? market.Depth.Fast : market.Depth.Slow;
        switch (name.Kind)
        {
            case "depth" when due && !changes.IsEmpty:
                hub.Publish(name.Text, json => StreamJson.WriteDepthChanges(json, market, changes, at));
                break;
            case "partialDepth" when due && !changes.IsEmpty:
                hub.Publish(name.Text, json => MarketJson.WriteDepth(json, market.Depth, name.Levels));
                break;
            case "kline" when second:
                PublishCandle(market, name, at);
                break;
            case "miniTicker" when second:
                hub.Publish(
                    name.Text, json => StreamJson.WriteMiniTicker(json, market, Day(market, at), at));
                break;
            case "ticker" when second && name.Span is null:
                hub.Publish(name.Text, json => StreamJson.WriteTicker(json, market, Day(market, at), at));
                break;
            case "ticker" when second:
                hub.Publish(
                    name.Text,
                    json => StreamJson.WriteWindowTicker(json, market, Window(market, name, at), name.Span!, at));
                break;
            case "avgPrice" when second:
                hub.Publish(
                    name.Text,
                    json => StreamJson.WriteAveragePrice(
                        json, market, market.Window(at, TimeSpan.FromMinutes(5)), at));
                break;
            default:
                break;
        }
    }

    private void PublishCandle(MarketView market, StreamName name, long at)
    {
        var interval = name.Interval!;
        market.Candles.RollTo(at, market.LastPrice);
        var current = market.Candles.Current(interval);
        if (openCandles.TryGetValue(name.Text, out var known) && known != current.OpenTime)
        {
            foreach (var closed in market.Candles.Read(interval, known, current.OpenTime - 1, 1))
            {
                hub.Publish(
                    name.Text, json => StreamJson.WriteCandle(json, market, interval, closed, closed: true, at));
            }
        }
        openCandles[name.Text] = current.OpenTime;
        hub.Publish(name.Text, json => StreamJson.WriteCandle(json, market, interval, current, closed: false, at));
    }

    private void PublishAll(StreamName name, long at)
    {
        // Written before the hub is entered: markets come before the hub wherever both are held.
        var message = StreamHub.Written(json => json.WriteList(markets.All, (list, market) =>
        {
            lock (market.Gate)
            {
                if (name.Span is null)
                    StreamJson.WriteMiniTicker(list, market, Day(market, at), at);
                else
                    StreamJson.WriteWindowTicker(list, market, Window(market, name, at), name.Span, at);
            }
        }));
        hub.Publish(name.Text, json => json.WriteRawValue(message.Span, skipInputValidation: true));
    }

    private static RollingWindow Day(MarketView market, long at) => market.Window(at, TimeSpan.FromDays(1));

    private static RollingWindow Window(MarketView market, StreamName name, long at) =>
        market.Window(at, name.Span switch
        {
            "1h" => TimeSpan.FromHours(1),
            "4h" => TimeSpan.FromHours(4),
            _ => TimeSpan.FromDays(1),
        });
}
