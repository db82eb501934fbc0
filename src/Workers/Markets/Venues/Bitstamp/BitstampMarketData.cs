using System.Globalization;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bitstamp;

/// <summary>The public side of Bitstamp (API v2). Books are joined by microseconds: what is missing between two is not told.</summary>
internal sealed class BitstampMarketData(VenueLink link) : IVenueMarketData, IDisposable
{
    private const int BarsMax = 1000;
    private const int InstrumentsOfConnection = 50;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // 8,000 in ten minutes.
    private readonly VenueTransport transport = new(
        link, new PublicProtocol([new("requests", 800, TimeSpan.FromMinutes(1))], BitstampAnswers.Verdict));

    public VenueId Venue => link.Venue;

    public BookRules BookRules { get; } = new(BookSequence.Rising);

    public Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/api/v2/trading-pairs-info/"),
            pairs => VenueRows.Instruments(pairs.EnumerateArray(), pair => BitstampAnswers.InstrumentOf(Venue, pair)),
            cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get("/api/v2/ticker/"),
            tickers => VenueRows.Days(tickers.EnumerateArray(), instruments, BitstampAnswers.NameOf, BitstampAnswers.DayOf),
            cancellationToken);

    /// <summary>Always the whole book.</summary>
    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get($"/api/v2/order_book/{instrument.VenueSymbol}/"), BitstampAnswers.DepthOf, cancellationToken);

    /// <summary>The venue gives the latest minute, hour or day: the shortest that reaches back to the mark.</summary>
    public Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken)
    {
        var span = since is { } mark ? link.Time.GetUtcNow() - mark.At : Hour;
        return transport.SendAsync(
            VenueCall.Get(
                $"/api/v2/transactions/{instrument.VenueSymbol}/",
                ("time", span switch { _ when span < Minute => "minute", _ when span <= Hour => "hour", _ => "day" })),
            trades => VenueRows.TradesAfter(since, limit, trades.EnumerateArray().Select(BitstampAnswers.TradeOf)),
            cancellationToken);
    }

    public Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get(
                $"/api/v2/ohlc/{instrument.VenueSymbol}/", ("step", Text((long)interval.Length.TotalSeconds)),
                ("limit", Text(Math.Min(limit, BarsMax))), ("start", from is { } start ? Text(start.ToUnixTimeSeconds()) : null)),
            answer => VenueRows.CandlesFrom(
                from, limit, answer.GetProperty("data").GetProperty("ohlc").EnumerateArray().Select(BitstampAnswers.CandleOf)),
            cancellationToken);

    // The venue tells maintenance by not answering; what a single market takes is in its instrument.
    public Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken) => transport.SendAsync(
        VenueCall.Get("/api/v2/ticker/btcusd/"),
        ticker => new VenueStatus(VenueState.Online, Message: null, ticker.Seconds("timestamp")), cancellationToken);

    public Task StreamAsync(
        IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken) =>
        MarketStream.RunAsync(
            [.. instruments.Chunk(InstrumentsOfConnection).Select(some => new BitstampStream(link.Stream, some))],
            link, sink, cancellationToken);

    public void Dispose() => transport.Dispose();

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
