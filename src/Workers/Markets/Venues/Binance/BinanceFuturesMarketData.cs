using System.Globalization;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>The public side of Binance futures margined in stablecoins (fapi, 2026-07): as spot writes it, at other routes.</summary>
internal sealed class BinanceFuturesMarketData(VenueLink link, VenueTransport transport)
    : IVenueMarketData, IVenueDerivatives, IDisposable
{
    public const string Time = "/fapi/v1/time";

    private const int PageMax = 1000;
    private const int InstrumentsOfConnection = 40;

    // With what an answer of so many weighs; the venue takes no other numbers.
    private static readonly (int Levels, int Weight)[] Depths = [(5, 2), (10, 2), (20, 2), (50, 2), (100, 5), (500, 10), (1000, 20)];

    public VenueId Venue => link.Venue;

    public bool HasDenseTradeIds => true;

    public BookRules BookRules { get; } = new(BookSequence.RangesWithPrevious);

    public Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/fapi/v1/exchangeInfo"),
            answer => VenueRows.Instruments(
                answer.GetProperty("symbols").EnumerateArray(), listed => BinanceFuturesAnswers.InstrumentOf(Venue, listed)),
            cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get("/fapi/v1/ticker/24hr") with { Weight = 40 },
            days => VenueRows.Days(
                days.EnumerateArray(), instruments, day => day.GetProperty("symbol").GetString(), BinanceFuturesAnswers.DayOf),
            cancellationToken);

    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken)
    {
        var (wanted, weight) = Depths.FirstOrDefault(depth => depth.Levels >= levels, Depths[^1]);
        return transport.SendAsync(
            VenueCall.Get("/fapi/v1/depth", Of(instrument), ("limit", Text(wanted))) with { Weight = weight },
            BinanceJson.As<DepthSnapshot>, cancellationToken);
    }

    public Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get(
                "/fapi/v1/aggTrades", Of(instrument), ("limit", Text(Math.Min(limit, PageMax))),
                ("fromId", since is { } mark ? Text(mark.Id + 1) : null)) with { Weight = 20 },
            trades => VenueRows.TradesAfter(since, limit, trades.EnumerateArray().Select(BinanceFuturesAnswers.TradeOf)),
            cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get(
                "/fapi/v1/klines", Of(instrument), ("interval", interval.Code), ("limit", Text(Math.Min(limit, PageMax))),
                ("startTime", from is { } start ? Text(start.ToUnixTimeMilliseconds()) : null)) with { Weight = 5 },
            BinanceJson.As<IReadOnlyList<Candle>>, cancellationToken);

    // The venue tells maintenance by not answering; what a single market takes is in its instrument.
    public Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken) => transport.SendAsync(
        VenueCall.Get(Time), answer => new VenueStatus(VenueState.Online, Message: null, BinanceProtocol.ServerTimeOf(answer)),
        cancellationToken);

    public async Task<VenueAnswer<DerivativeState>> DerivativeAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        var interest = await transport.SendAsync(
            VenueCall.Get("/fapi/v1/openInterest", Of(instrument)), answer => answer.Decimal("openInterest"), cancellationToken);
        var mark = await transport.SendAsync(
            VenueCall.Get("/fapi/v1/premiumIndex", Of(instrument)), BinanceFuturesAnswers.MarkOf, cancellationToken);
        return mark.Map(state => interest is VenueAnswer<decimal>.Answered { Value: var contracts }
            ? state with { OpenInterest = contracts }
            : state);
    }

    public Task<VenueAnswer<IReadOnlyList<FundingPayment>>> FundingsAsync(
        Instrument instrument, DateTimeOffset? from, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get(
                "/fapi/v1/fundingRate", Of(instrument), ("limit", Text(PageMax)),
                ("startTime", from is { } start ? Text(start.ToUnixTimeMilliseconds()) : null)),
            rows => rows.Each(BinanceFuturesAnswers.FundingOf), cancellationToken);

    public Task StreamAsync(
        IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken) =>
        MarketStream.RunAsync(
            [.. instruments.Chunk(InstrumentsOfConnection).Select(some => new BinanceStream(link.Stream, some, BinanceStream.Futures))],
            link, sink, cancellationToken);

    public void Dispose() => transport.Dispose();

    private static (string Name, string? Value) Of(Instrument instrument) => ("symbol", instrument.VenueSymbol);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
