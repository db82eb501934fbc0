using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Okx;

/// <summary>The public side of OKX (API v5).</summary>
internal sealed class OkxMarketData(VenueLink link, VenueTransport transport) : IVenueMarketData, IVenueDerivatives
{
    private const int LevelsMax = 400;
    private const int TradesMax = 500;
    private const int PageMax = 100;
    private const int RecentBars = 1440;
    private const int RecentBarsMax = 300;
    private static readonly string[] Kinds = ["SPOT", "SWAP", "FUTURES"];

    public VenueId Venue => link.Venue;

    public BookRules BookRules { get; } = new(BookSequence.Previous, BookChecksum.Okx, Crc32.HashToUInt32);

    public bool BooksComeWithSnapshots => true;

    public async Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken) =>
        await VenueAnswers.AllAsync(Kinds, kind => transport.SendAsync<IReadOnlyList<Instrument>>(
            VenueCall.Get("/api/v5/public/instruments", ("instType", kind)),
            data => VenueRows.Instruments(data.EnumerateArray(), listed => OkxListing.InstrumentOf(Venue, listed)),
            cancellationToken));

    public async Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken) =>
        await VenueAnswers.AllAsync(
            instruments.Select(instrument => KindOf(instrument.Kind)).Distinct(StringComparer.Ordinal),
            kind => transport.SendAsync<IReadOnlyList<(Instrument, DaySummary)>>(
                VenueCall.Get("/api/v5/market/tickers", ("instType", kind)),
                data => VenueRows.Days(
                    data.EnumerateArray(), instruments, ticker => ticker.Text("instId"), OkxMarketAnswers.DayOf),
                cancellationToken));

    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken) =>
        transport.SendAsync(
            Market("/api/v5/market/books", Of(instrument), ("sz", Text(Math.Min(levels, LevelsMax)))),
            OkxMarketAnswers.DepthOf, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken)
    {
        if (since is not { } mark)
            return TradesAsync(
                Market("/api/v5/market/trades", Of(instrument), ("limit", Text(Math.Min(limit, TradesMax)))), after: 0, cancellationToken);

        // Numbers rise by one, and "after" means earlier than: so a page that follows the mark without a hole is asked for.
        var page = Math.Min(limit, PageMax);
        return TradesAsync(
            Market(
                "/api/v5/market/history-trades", Of(instrument), ("type", "1"), ("after", Text(mark.Id + page + 1)),
                ("limit", Text(page))),
            mark.Id, cancellationToken);
    }

    public Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken)
    {
        // The venue keeps what is older at another address; both tell what is earlier than "after" and later than "before".
        var isRecent = from is not { } first || link.Time.GetUtcNow() - first < interval.Length * RecentBars;
        var page = Math.Min(limit, isRecent ? RecentBarsMax : PageMax);
        return transport.SendAsync<IReadOnlyList<Candle>>(
            Market(
                isRecent ? "/api/v5/market/candles" : "/api/v5/market/history-candles",
                Of(instrument), ("bar", BarOf(interval)), ("limit", Text(page)),
                ("before", from is { } start ? Text(start.ToUnixTimeMilliseconds() - 1) : null),
                ("after", from is { } begin ? Text((begin + (interval.Length * page)).ToUnixTimeMilliseconds()) : null)),
            data => data.EachBackwards(bar => OkxMarketAnswers.CandleOf(bar, instrument.Kind)), cancellationToken);
    }

    public async Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken)
    {
        var works = await transport.SendAsync(
            VenueCall.Get("/api/v5/system/status"), OkxMarketAnswers.StatusOf, cancellationToken);
        return works is VenueAnswer<VenueStatus>.Answered { Value: var status }
            && await transport.SendAsync(TimeCall, data => data[0].Milliseconds("ts"), cancellationToken)
                is VenueAnswer<DateTimeOffset>.Answered { Value: var now }
            ? new VenueAnswer<VenueStatus>.Answered(status with { VenueTime = now })
            : works;
    }

    public async Task<VenueAnswer<DerivativeState>> DerivativeAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        var mark = await StateAsync("/api/v5/public/mark-price", OkxMarketAnswers.MarkOf, KindParameter(instrument), Of(instrument));
        var interest = await StateAsync(
            "/api/v5/public/open-interest", OkxMarketAnswers.OpenInterestOf, KindParameter(instrument), Of(instrument));
        var index = await StateAsync(
            "/api/v5/market/index-tickers", OkxMarketAnswers.IndexOf, ("instId", instrument.Market.Value));
        var funding = instrument.Kind is InstrumentKind.Perpetual
            ? await StateAsync("/api/v5/public/funding-rate", OkxMarketAnswers.NextFundingOf, Of(instrument))
            : null;
        return mark.Map(state => state with
        {
            Index = (index as VenueAnswer<DerivativeState>.Answered)?.Value.Index,
            OpenInterest = (interest as VenueAnswer<DerivativeState>.Answered)?.Value.OpenInterest,
            Funding = (funding as VenueAnswer<DerivativeState>.Answered)?.Value.Funding,
        });

        Task<VenueAnswer<DerivativeState>> StateAsync(
            string path, Func<JsonElement, DerivativeState> read, params IReadOnlyList<(string, string?)> parameters) =>
            transport.SendAsync(VenueCall.Get(path, parameters), data => read(data[0]), cancellationToken);
    }

    public Task<VenueAnswer<IReadOnlyList<FundingPayment>>> FundingsAsync(
        Instrument instrument, DateTimeOffset? from, CancellationToken cancellationToken) =>
        transport.SendAsync<IReadOnlyList<FundingPayment>>(
            VenueCall.Get(
                "/api/v5/public/funding-rate-history", Of(instrument),
                ("before", from is { } start ? Text(start.ToUnixTimeMilliseconds() - 1) : null)),
            data => data.EachBackwards(OkxMarketAnswers.FundingOf), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<MarginTier>>> MarginTiersAsync(
        Instrument instrument, CancellationToken cancellationToken) => transport.SendAsync(
        VenueCall.Get(
            "/api/v5/public/position-tiers", KindParameter(instrument), ("tdMode", "cross"),
            ("instFamily", instrument.Market.Value)),
        data => data.Each(OkxMarketAnswers.TierOf), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<OptionState>>> OptionsAsync(Symbol market, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/api/v5/public/opt-summary", ("instFamily", market.Value)),
            data => data.Each(OkxMarketAnswers.OptionOf), cancellationToken);

    public Task StreamAsync(
        IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken) =>
        MarketStream.RunAsync(OkxStream.For(link, instruments), link, sink, cancellationToken);

    private Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        VenueCall call, long after, CancellationToken cancellationToken) =>
        transport.SendAsync<IReadOnlyList<PublicTrade>>(
            call, data => [.. data.EachBackwards(OkxMarketAnswers.TradeOf).Where(trade => trade.Id > after)], cancellationToken);

    private static VenueCall TimeCall { get; } = VenueCall.Get("/api/v5/public/time");

    private static VenueCall Market(string path, params IReadOnlyList<(string Name, string? Value)> parameters) =>
        VenueCall.Get(path, parameters) with { Limit = OkxProtocol.Market };

    private static (string Name, string? Value) Of(Instrument instrument) => ("instId", instrument.VenueSymbol);

    private static (string Name, string? Value) KindParameter(Instrument instrument) => ("instType", KindOf(instrument.Kind));

    internal static string KindOf(InstrumentKind kind) => kind switch
    {
        InstrumentKind.Spot => "SPOT",
        InstrumentKind.Perpetual => "SWAP",
        InstrumentKind.Future => "FUTURES",
        InstrumentKind.Option => "OPTION",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The venue has no tickers of these."),
    };

    // Days end at midnight UTC only where it is said so.
    internal static string BarOf(CandleInterval interval) => interval switch
    {
        CandleInterval.OneHour => "1H",
        CandleInterval.FourHours => "4H",
        CandleInterval.OneDay => "1Dutc",
        _ => interval.Code,
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
