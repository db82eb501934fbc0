using System.Globalization;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Gate;

/// <summary>The public side of Gate.io spot (API v4).</summary>
internal sealed class GateMarketData(VenueLink link) : IVenueMarketData, IDisposable
{
    private const int LevelsMax = 1000;
    private const int TradesMax = 1000;
    private const int BarsMax = 1000;
    private const int InstrumentsOfConnection = 50;

    // 200 in ten seconds on each route; counted together here.
    private readonly VenueTransport transport = new(
        link, new PublicProtocol([new("requests", 200, TimeSpan.FromSeconds(10))], GateAnswers.Verdict)
        {
            Counts = ("X-Gate-RateLimit-Limit", "X-Gate-RateLimit-Requests-Remain"),
        });

    public VenueId Venue => link.Venue;

    public BookRules BookRules { get; } = new(BookSequence.Ranges);

    public Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/api/v4/spot/currency_pairs"),
            pairs => VenueRows.Instruments(pairs.EnumerateArray(), pair => GateAnswers.InstrumentOf(Venue, pair)),
            cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get("/api/v4/spot/tickers"),
            tickers => VenueRows.Days(
                tickers.EnumerateArray(), instruments, ticker => ticker.TextOrNone("currency_pair"),
                ticker => GateAnswers.DayOf(ticker, link.Time.GetUtcNow())),
            cancellationToken);

    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get(
                "/api/v4/spot/order_book", Of(instrument), ("limit", Text(Math.Min(levels, LevelsMax))), ("with_id", "true")),
            GateAnswers.DepthOf, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get(
                "/api/v4/spot/trades", Of(instrument), ("limit", Text(since is null ? Math.Min(limit, TradesMax) : TradesMax)),
                ("last_id", since is { } mark ? Text(mark.Id) : null)),
            trades => VenueRows.TradesAfter(since, limit, trades.EnumerateArray().Select(GateAnswers.TradeOf)),
            cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken)
    {
        // The venue takes a number of bars or an end, not both.
        var page = Math.Min(limit, BarsMax);
        return transport.SendAsync(
            VenueCall.Get(
                "/api/v4/spot/candlesticks", Of(instrument), ("interval", interval.Code),
                ("limit", from is null ? Text(page) : null),
                ("from", from is { } start ? Text(start.ToUnixTimeSeconds()) : null),
                ("to", from is { } first ? Text((first + (interval.Length * (page - 1))).ToUnixTimeSeconds()) : null)),
            bars => VenueRows.CandlesFrom(from, page, bars.EnumerateArray().Select(GateAnswers.CandleOf)), cancellationToken);
    }

    // The venue tells maintenance by not answering; what a single market takes is in its instrument.
    public Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken) => transport.SendAsync(
        VenueCall.Get("/api/v4/spot/time"),
        answer => new VenueStatus(VenueState.Online, Message: null, answer.Milliseconds("server_time")), cancellationToken);

    public Task StreamAsync(
        IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken) =>
        MarketStream.RunAsync(
            [.. instruments.Chunk(InstrumentsOfConnection).Select(some => new GateStream(link, some))], link, sink,
            cancellationToken);

    public void Dispose() => transport.Dispose();

    private static (string Name, string? Value) Of(Instrument instrument) => ("currency_pair", instrument.VenueSymbol);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
