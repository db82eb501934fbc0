using System.Globalization;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bybit;

/// <summary>The public side of Bybit (API v5).</summary>
internal sealed class BybitMarketData(VenueLink link, VenueTransport transport) : IVenueMarketData, IVenueDerivatives
{
    private const int ListedMax = 1000;
    private const int PagesMax = 20;
    private const int LevelsMax = 200;
    private const int SpotTradesMax = 60;
    private const int TradesMax = 1000;
    private const int BarsMax = 1000;
    private static readonly string[] Categories = [BybitListing.Spot, BybitListing.Linear, BybitListing.Inverse];
    private static readonly BybitProtocol Protocol = new();

    public VenueId Venue => link.Venue;

    public BookRules BookRules { get; } = new(BookSequence.ByOne);

    public bool BooksComeWithSnapshots => true;

    public Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken) =>
        VenueAnswers.AllAsync(Categories, category => VenueAnswers.PagesAsync(
            PagesMax,
            cursor => transport.SendAsync<Page<Instrument>>(
                VenueCall.Get(
                    "/v5/market/instruments-info", ("category", category), ("limit", Text(ListedMax)), ("cursor", cursor)),
                result => new(
                    VenueRows.Instruments(
                        result.GetProperty("list").EnumerateArray(),
                        listed => BybitListing.InstrumentOf(Venue, category, listed)),
                    result.TextOrNone("nextPageCursor")),
                cancellationToken)));

    public Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken) =>
        VenueAnswers.AllAsync(instruments.GroupBy(BybitListing.CategoryOf, StringComparer.Ordinal), some =>
        {
            var wanted = some.ToDictionary(instrument => instrument.VenueSymbol, StringComparer.Ordinal);
            return transport.SendAsync<IReadOnlyList<(Instrument, DaySummary)>>(
                VenueCall.Get("/v5/market/tickers", ("category", some.Key)),
                result => [.. from ticker in result.GetProperty("list").EnumerateArray()
                              let instrument = wanted.GetValueOrDefault(ticker.Text("symbol"))
                              where instrument is not null
                              select (instrument, BybitMarketAnswers.DayOf(ticker, instrument, link.Time.GetUtcNow()))],
                cancellationToken);
        });

    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken) =>
        transport.SendAsync(
            Of("/v5/market/orderbook", instrument, ("limit", Text(Math.Min(levels, LevelsMax)))),
            BybitMarketAnswers.DepthOf, cancellationToken);

    public int? LatestTradesMax(Instrument instrument) => instrument.Kind is InstrumentKind.Spot ? SpotTradesMax : TradesMax;

    /// <summary>The venue tells the latest alone: what is older than its page stays missing.</summary>
    public Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken) =>
        transport.SendAsync<IReadOnlyList<PublicTrade>>(
            Of("/v5/market/recent-trade", instrument, ("limit", Text(Math.Min(limit, LatestTradesMax(instrument)!.Value)))),
            result => [.. result.GetProperty("list").EachBackwards(BybitMarketAnswers.TradeOf)
                .Where(trade => since is not { } mark || (trade.At >= mark.At && trade.Id != mark.Id))],
            cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken)
    {
        var page = Math.Min(limit, BarsMax);
        return transport.SendAsync<IReadOnlyList<Candle>>(
            Of(
                "/v5/market/kline", instrument, ("interval", IntervalOf(interval)), ("limit", Text(page)),
                ("start", Text(from?.ToUnixTimeMilliseconds())),
                ("end", Text((from + (interval.Length * (page - 1)))?.ToUnixTimeMilliseconds()))),
            result => result.GetProperty("list").EachBackwards(bar => BybitMarketAnswers.CandleOf(bar, instrument)),
            cancellationToken);
    }

    public async Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken)
    {
        var works = await transport.SendAsync(
            VenueCall.Get("/v5/system/status"), BybitMarketAnswers.StatusOf, cancellationToken);
        return works is VenueAnswer<VenueStatus>.Answered { Value: var status }
            && await transport.SendAsync(Protocol.TimeCall, Protocol.TimeOf, cancellationToken)
                is VenueAnswer<DateTimeOffset>.Answered { Value: var now }
            ? new VenueAnswer<VenueStatus>.Answered(status with { VenueTime = now })
            : works;
    }

    public Task<VenueAnswer<DerivativeState>> DerivativeAsync(Instrument instrument, CancellationToken cancellationToken) =>
        transport.SendAsync(
            Of("/v5/market/tickers", instrument),
            result => BybitMarketAnswers.DerivativeOf(result.GetProperty("list")[0], link.Time.GetUtcNow()), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<FundingPayment>>> FundingsAsync(
        Instrument instrument, DateTimeOffset? from, CancellationToken cancellationToken) =>
        transport.SendAsync(
            Of(
                "/v5/market/funding/history", instrument, ("startTime", Text(from?.ToUnixTimeMilliseconds())),
                // The venue wants an end wherever there is a start.
                ("endTime", from is null ? null : Text(link.Time.GetUtcNow().ToUnixTimeMilliseconds()))),
            result => result.GetProperty("list").EachBackwards(BybitMarketAnswers.FundingOf), cancellationToken);

    public Task StreamAsync(
        IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken) =>
        MarketStream.RunAsync(BybitStream.For(link, instruments), link, sink, cancellationToken);

    private static VenueCall Of(
        string path, Instrument instrument, params IReadOnlyList<(string Name, string? Value)> parameters) =>
        VenueCall.Get(path, [
            ("category", BybitListing.CategoryOf(instrument)), ("symbol", instrument.VenueSymbol), .. parameters,
        ]);

    private static string IntervalOf(CandleInterval interval) => interval is CandleInterval.OneDay
        ? "D"
        : Text((long)interval.Length.TotalMinutes);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? Text(long? value) => value is { } number ? Text(number) : null;
}
