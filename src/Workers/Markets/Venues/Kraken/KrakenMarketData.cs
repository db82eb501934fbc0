using System.Collections.Frozen;
using System.Globalization;
using System.IO.Hashing;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>The public side of Kraken spot: REST version 0 and WebSocket version 2 (docs.kraken.com, 2026-07).</summary>
internal sealed class KrakenMarketData(VenueLink link, VenueTransport transport) : IVenueMarketData, IDisposable
{
    private const int DepthMax = 500;
    private const int PairsAtOnce = 100;
    private const int TradesMax = 1000;

    private volatile FrozenDictionary<string, string> keys = FrozenDictionary<string, string>.Empty;
    private volatile KrakenStream? running;

    public VenueId Venue => link.Venue;

    public bool HasDenseTradeIds => true;

    public BookRules BookRules { get; } =
        new(BookSequence.None, BookChecksum.Kraken, text => Crc32.HashToUInt32(text), KrakenStream.BookDepth);

    public bool BooksComeWithSnapshots => true;

    public bool TryRequestSnapshot(Instrument instrument) => running?.TryRequestSnapshot(instrument) ?? false;

    public async Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(
            VenueCall.Get("/0/public/AssetPairs"), read => KrakenMarketAnswers.Instruments(Venue, read), cancellationToken);
        return answer.Map<IReadOnlyList<Instrument>>(listed =>
        {
            keys = listed.ToFrozenDictionary(pair => pair.Instrument.VenueSymbol, pair => pair.Key, StringComparer.Ordinal);
            return [.. listed.Select(pair => pair.Instrument)];
        });
    }

    public async Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken)
    {
        List<(Instrument, DaySummary)> days = [];
        foreach (var page in instruments.Chunk(PairsAtOnce))
        {
            var byKey = page.ToDictionary(
                instrument => keys.GetValueOrDefault(instrument.VenueSymbol, instrument.VenueSymbol), StringComparer.Ordinal);
            var answer = await transport.SendAsync(
                VenueCall.Get("/0/public/Ticker", ("pair", string.Join(',', page.Select(one => one.VenueSymbol)))),
                read => KrakenMarketAnswers.Days(read, byKey, link.Time.GetUtcNow()), cancellationToken);
            if (answer is not VenueAnswer<IReadOnlyList<(Instrument, DaySummary)>>.Answered { Value: var some })
                return answer;
            days.AddRange(some);
        }

        return new VenueAnswer<IReadOnlyList<(Instrument, DaySummary)>>.Answered(days);
    }

    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/0/public/Depth", Of(instrument), ("count", Text(Math.Min(levels, DepthMax)))),
            KrakenMarketAnswers.Depth, cancellationToken);

    public async Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(
            VenueCall.Get(
                "/0/public/Trades", Of(instrument), ("count", Text(Math.Min(limit, TradesMax))),
                // The mark's own instant may hold more trades than the one that we have.
                ("since", since is { } mark ? KrakenMarketAnswers.Nanoseconds(mark.At.AddTicks(-1)) : null)),
            KrakenMarketAnswers.Trades, cancellationToken);
        return answer.Map<IReadOnlyList<PublicTrade>>(trades => [.. trades.Where(trade => trade.Id > (since?.Id ?? 0))]);
    }

    public async Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(
            VenueCall.Get(
                "/0/public/OHLC", Of(instrument), ("interval", Text((long)interval.Length.TotalMinutes)),
                // What opens at that instant is left out by the venue.
                ("since", from is { } start ? Text(start.ToUnixTimeSeconds() - 1) : null)),
            KrakenMarketAnswers.Candles, cancellationToken);
        return answer.Map<IReadOnlyList<Candle>>(bars => from is null ? [.. bars.TakeLast(limit)] : [.. bars.Take(limit)]);
    }

    public Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken) => transport.SendAsync(
        VenueCall.Get("/0/public/SystemStatus"), KrakenMarketAnswers.Status, cancellationToken);

    public Task StreamAsync(
        IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken)
    {
        running = new KrakenStream(link.Stream, instruments);
        return MarketStream.RunAsync([running], link, sink, cancellationToken);
    }

    public void Dispose() => transport.Dispose();

    private static (string Name, string? Value) Of(Instrument instrument) => ("pair", instrument.VenueSymbol);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
