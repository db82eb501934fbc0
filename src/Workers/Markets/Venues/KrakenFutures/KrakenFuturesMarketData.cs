using System.Globalization;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.KrakenFutures;

/// <summary>
/// The public side of Kraken's derivatives (docs.kraken.com, 2026-07). Of inverse contracts the venue counts what was traded in
/// dollars alone: they have no days and no bars here.
/// </summary>
internal sealed class KrakenFuturesMarketData(VenueLink link, VenueTransport transport)
    : IVenueMarketData, IVenueDerivatives, IDisposable
{
    private const int BarsMax = 2000;
    private const int FundingsMax = 1000;
    private const string Tickers = "/derivatives/api/v3/tickers";

    private volatile KrakenFuturesStream? running;

    public VenueId Venue => link.Venue;

    public BookRules BookRules { get; } = new(BookSequence.ByOne);

    public bool BooksComeWithSnapshots => true;

    public bool TryRequestSnapshot(Instrument instrument) => running?.TryRequestSnapshot(instrument) ?? false;

    public Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/derivatives/api/v3/instruments"),
            answer => VenueRows.Instruments(
                answer.GetProperty("instruments").EnumerateArray(), listed => KrakenFuturesListing.InstrumentOf(Venue, listed)),
            cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get(Tickers),
            answer => VenueRows.Days(
                answer.GetProperty("tickers").EnumerateArray(), [.. instruments.Where(KrakenFuturesListing.CountsBase)],
                ticker => ticker.Text("symbol"), ticker => KrakenFuturesAnswers.DayOf(ticker, answer.Time("serverTime"))),
            cancellationToken);

    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/derivatives/api/v3/orderbook", Of(instrument)),
            answer => KrakenFuturesAnswers.DepthOf(answer, levels), cancellationToken);

    /// <summary>The venue pages by time: what else happened at the instant of the last trade is answered again.</summary>
    public Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken) =>
        transport.SendAsync<IReadOnlyList<PublicTrade>>(
            VenueCall.Get(
                $"/api/history/v3/market/{instrument.VenueSymbol}/executions", ("sort", since is null ? "desc" : "asc"),
                ("since", Text(since?.At.ToUnixTimeMilliseconds())))
                with { Limit = KrakenFuturesProtocol.History },
            answer => TradesOf(answer.Each("elements", KrakenFuturesAnswers.TradeOf), since, limit), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken) =>
        KrakenFuturesListing.CountsBase(instrument)
            ? transport.SendAsync(
                VenueCall.Get(
                    $"/api/charts/v1/trade/{instrument.VenueSymbol}/{interval.Code}",
                    ("count", Text(Math.Min(limit, BarsMax))), ("from", Text(from?.ToUnixTimeSeconds()))),
                answer => VenueRows.CandlesFrom(from, limit, KrakenFuturesAnswers.CandlesOf(answer)), cancellationToken)
            : VenueAnswers.NotToldAsync<IReadOnlyList<Candle>>("Kraken counts inverse contracts in dollars alone.");

    // The venue tells maintenance by not answering; whether one contract is traded is in its listing.
    public Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken) => transport.SendAsync(
        VenueCall.Get(Tickers), answer => new VenueStatus(VenueState.Online, Message: null, answer.Time("serverTime")),
        cancellationToken);

    public async Task<VenueAnswer<DerivativeState>> DerivativeAsync(Instrument instrument, CancellationToken cancellationToken) =>
        VenueAnswers.OneOf(
            await transport.SendAsync<IReadOnlyList<DerivativeState>>(
                VenueCall.Get(Tickers),
                answer =>
                [
                    .. answer.GetProperty("tickers").EnumerateArray().Where(ticker => ticker.Is("symbol", instrument.VenueSymbol))
                        .Select(ticker => KrakenFuturesAnswers.DerivativeOf(ticker, answer.Time("serverTime"))),
                ],
                cancellationToken),
            _ => true);

    /// <summary>The venue answers all that there ever was.</summary>
    public Task<VenueAnswer<IReadOnlyList<FundingPayment>>> FundingsAsync(
        Instrument instrument, DateTimeOffset? from, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get("/derivatives/api/v3/historical-funding-rates", Of(instrument)),
            answer => FundingsOf(answer.Each("rates", KrakenFuturesAnswers.FundingOf).OrderBy(paid => paid.At), from),
            cancellationToken);

    public Task StreamAsync(
        IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken)
    {
        running = new KrakenFuturesStream(link.Stream, instruments);
        return MarketStream.RunAsync([running], link, sink, cancellationToken);
    }

    public void Dispose() => transport.Dispose();

    private static IReadOnlyList<PublicTrade> TradesOf(IReadOnlyList<PublicTrade> page, TradeMark? since, int limit) =>
        since is { } mark
            ? [.. page.Where(trade => trade.At >= mark.At && trade.Id != mark.Id).Take(limit)]
            : [.. page.Take(limit).Reverse()];

    private static IReadOnlyList<FundingPayment> FundingsOf(IEnumerable<FundingPayment> paid, DateTimeOffset? from) =>
        from is { } first
            ? [.. paid.Where(one => one.At >= first).Take(FundingsMax)]
            : [.. paid.TakeLast(FundingsMax)];

    private static (string Name, string? Value) Of(Instrument instrument) => ("symbol", instrument.VenueSymbol);

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
