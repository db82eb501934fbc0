using System.Globalization;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Coinbase;

/// <summary>The public side of Coinbase (Advanced Trade API).</summary>
internal sealed class CoinbaseMarketData(VenueLink link, VenueTransport transport) : IVenueMarketData, IVenueDerivatives
{
    private const int TradesMax = 1000;
    private const int BarsMax = 350;
    private const int LevelsMax = 500;
    private const string Products = "/api/v3/brokerage/market/products";
    private static readonly string[] Kinds = ["SPOT", "FUTURE"];
    private static readonly CoinbaseProtocol Protocol = new();

    public VenueId Venue => link.Venue;

    public bool HasDenseTradeIds => true;

    public BookRules BookRules { get; } = new(BookSequence.None);

    public bool BooksComeWithSnapshots => true;

    public Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken) =>
        VenueAnswers.AllAsync(Kinds, kind => transport.SendAsync<IReadOnlyList<Instrument>>(
            VenueCall.Get(Products, ("product_type", kind)),
            answer => VenueRows.Instruments(
                answer.GetProperty("products").EnumerateArray(), product => CoinbaseListing.InstrumentOf(Venue, product)),
            cancellationToken));

    public Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken) =>
        VenueAnswers.AllAsync(
            instruments.Select(instrument => instrument.Kind is InstrumentKind.Spot ? "SPOT" : "FUTURE").Distinct(StringComparer.Ordinal),
            kind => transport.SendAsync<IReadOnlyList<(Instrument, DaySummary)>>(
                VenueCall.Get(Products, ("product_type", kind)),
                answer => VenueRows.Days(
                    answer.GetProperty("products").EnumerateArray(), instruments, product => product.Text("product_id"),
                    product => CoinbaseMarketAnswers.DayOf(product, link.Time.GetUtcNow())),
                cancellationToken));

    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get(
                "/api/v3/brokerage/market/product_book", ("product_id", instrument.VenueSymbol),
                ("limit", Text(Math.Min(levels, LevelsMax)))),
            CoinbaseMarketAnswers.DepthOf, cancellationToken);

    /// <summary>The venue pages by whole seconds: a page begins with the second of the mark.</summary>
    /// <summary>Of the time that is asked for, the venue tells the latest.</summary>
    public int? LatestTradesMax(Instrument instrument) => TradesMax;

    public Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken) =>
        transport.SendAsync<IReadOnlyList<PublicTrade>>(
            VenueCall.Get(
                $"{Products}/{instrument.VenueSymbol}/ticker", ("limit", Text(Math.Min(limit, TradesMax))),
                ("start", since is { } from ? Text(from.At.ToUnixTimeSeconds()) : null),
                ("end", since is null ? null : Text(link.Time.GetUtcNow().ToUnixTimeSeconds() + 1))),
            answer => VenueRows.TradesAfter(since, limit, answer.Each("trades", CoinbaseMarketAnswers.TradeOf)),
            cancellationToken);

    /// <summary>Bars of four hours are not the venue's: they are made of those of one.</summary>
    public async Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken)
    {
        var (granularity, length) = GranularityOf(interval);
        var parts = (int)(interval.Length / length);
        var page = Math.Min(limit * parts, BarsMax / parts * parts);
        var start = from ?? AlignedStart(link.Time.GetUtcNow(), interval.Length, page / parts);
        var answer = await transport.SendAsync<IReadOnlyList<Candle>>(
            VenueCall.Get(
                $"{Products}/{instrument.VenueSymbol}/candles", ("start", Text(start.ToUnixTimeSeconds())),
                ("end", Text((start + (length * (page - 1))).ToUnixTimeSeconds())), ("granularity", granularity),
                ("limit", Text(page))),
            candles => candles.GetProperty("candles").EachBackwards(CoinbaseMarketAnswers.CandleOf), cancellationToken);
        return parts == 1 ? answer : answer.Map<IReadOnlyList<Candle>>(hours => [.. VenueRows.FourHoursOf(hours)]);
    }

    public Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken) => transport.SendAsync(
        Protocol.TimeCall, answer => new VenueStatus(VenueState.Online, Message: null, Protocol.TimeOf(answer)),
        cancellationToken);

    public Task<VenueAnswer<DerivativeState>> DerivativeAsync(Instrument instrument, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get($"{Products}/{instrument.VenueSymbol}"),
            product => CoinbaseMarketAnswers.DerivativeOf(product, link.Time.GetUtcNow()), cancellationToken);

    /// <summary>The venue tells of the funding that comes next alone.</summary>
    public async Task<VenueAnswer<IReadOnlyList<FundingPayment>>> FundingsAsync(
        Instrument instrument, DateTimeOffset? from, CancellationToken cancellationToken) =>
        (await DerivativeAsync(instrument, cancellationToken)).Map<IReadOnlyList<FundingPayment>>(
            state => state.Funding is { } funding && !(funding.At < from) ? [funding] : []);

    public Task StreamAsync(
        IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken) =>
        MarketStream.RunAsync(CoinbaseStream.For(link, instruments), link, sink, cancellationToken);

    private static DateTimeOffset AlignedStart(DateTimeOffset now, TimeSpan length, int bars) =>
        new(((now.UtcTicks / length.Ticks) - bars + 1) * length.Ticks, TimeSpan.Zero);

    private static (string Word, TimeSpan Length) GranularityOf(CandleInterval interval) => interval switch
    {
        CandleInterval.OneMinute => ("ONE_MINUTE", interval.Length),
        CandleInterval.FiveMinutes => ("FIVE_MINUTE", interval.Length),
        CandleInterval.FifteenMinutes => ("FIFTEEN_MINUTE", interval.Length),
        CandleInterval.OneHour => ("ONE_HOUR", interval.Length),
        CandleInterval.FourHours => ("ONE_HOUR", TimeSpan.FromHours(1)),
        CandleInterval.OneDay => ("ONE_DAY", interval.Length),
        _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, "No such interval."),
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
