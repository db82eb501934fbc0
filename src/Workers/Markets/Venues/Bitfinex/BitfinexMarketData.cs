using System.Globalization;
using System.IO.Hashing;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Markets.Venues.Bitfinex;

/// <summary>The public side of Bitfinex spot (API v2). A book is proved by its checksum, a connection by its count.</summary>
internal sealed class BitfinexMarketData(VenueLink link) : IVenueMarketData, IDisposable
{
    private const int FewLevels = 25;
    private const int ManyLevels = 100;
    private const int TradesMax = 10_000;
    private const int BarsMax = 10_000;
    private const int HoursInABar = 4;

    // Four channels each, of the 30 that one connection carries.
    private const int InstrumentsOfConnection = 7;

    // Each route has its own count; ours is for the least generous, 30 a minute of the platform's status apart.
    private readonly VenueTransport transport = new(
        link, new PublicProtocol(
            [new("requests", 15, TimeSpan.FromSeconds(30)), new("status", 15, TimeSpan.FromMinutes(1))], BitfinexAnswers.Verdict));

    public VenueId Venue => link.Venue;

    public BookRules BookRules { get; } = new(BookSequence.None, BookChecksum.Bitfinex, Crc32.HashToUInt32);

    public bool BooksComeWithSnapshots => true;

    public Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/v2/conf/pub:info:pair,pub:map:currency:sym"),
            answer => BitfinexAnswers.InstrumentsOf(Venue, answer), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get("/v2/tickers", ("symbols", string.Join(',', instruments.Select(instrument => instrument.VenueSymbol)))),
            tickers => VenueRows.Days(
                tickers.EnumerateArray(), instruments, ticker => ticker[0].GetString(),
                ticker => BitfinexAnswers.DayOf(ticker, link.Time.GetUtcNow())),
            cancellationToken);

    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get($"/v2/book/{instrument.VenueSymbol}/P0", ("len", Text(levels <= FewLevels ? FewLevels : ManyLevels))),
            BitfinexAnswers.DepthOf, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get(
                $"/v2/trades/{instrument.VenueSymbol}/hist", ("limit", Text(Math.Min(limit, TradesMax))),
                ("start", since is { } mark ? Text(mark.At.ToUnixTimeMilliseconds()) : null),
                ("sort", since is null ? "-1" : "1")),
            trades => VenueRows.TradesAfter(since, limit, trades.EnumerateArray().Select(BitfinexAnswers.TradeOf)),
            cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken)
    {
        var isMade = interval is CandleInterval.FourHours;
        return transport.SendAsync(
            VenueCall.Get(
                $"/v2/candles/trade:{BarOf(interval)}:{instrument.VenueSymbol}/hist",
                ("limit", Text(Math.Min(isMade ? limit * HoursInABar : limit, BarsMax))),
                ("start", from is { } start ? Text(start.ToUnixTimeMilliseconds()) : null), ("sort", from is null ? "-1" : "1")),
            bars =>
            {
                var candles = bars.EnumerateArray().Select(BitfinexAnswers.CandleOf);
                return VenueRows.CandlesFrom(from, limit, isMade ? VenueRows.FourHoursOf(candles) : candles);
            },
            cancellationToken);
    }

    public Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken) => transport.SendAsync(
        VenueCall.Get("/v2/platform/status") with { Limit = "status" }, BitfinexAnswers.StatusOf, cancellationToken);

    public Task StreamAsync(
        IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken) =>
        MarketStream.RunAsync(
            [.. instruments.Chunk(InstrumentsOfConnection).Select(some => new BitfinexStream(link, some))], link, sink,
            cancellationToken);

    public void Dispose() => transport.Dispose();

    // Four hours are made of single ones.
    private static string BarOf(CandleInterval interval) => interval switch
    {
        CandleInterval.OneHour or CandleInterval.FourHours => "1h",
        CandleInterval.OneDay => "1D",
        _ => interval.Code,
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
