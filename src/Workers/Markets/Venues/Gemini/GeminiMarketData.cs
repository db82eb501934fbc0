using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Markets.Venues.Gemini;

/// <summary>The public side of Gemini. Its books are neither numbered nor summed up: the connection's order is all there is.</summary>
internal sealed class GeminiMarketData(VenueLink link) : IVenueMarketData, IDisposable
{
    private const int TradesMax = 500;
    private const int InstrumentsOfConnection = 50;

    private readonly VenueTransport transport = new(
        link, new PublicProtocol([new("requests", 120, TimeSpan.FromMinutes(1))], GeminiAnswers.Verdict));

    public VenueId Venue => link.Venue;

    public BookRules BookRules { get; } = new(BookSequence.None);

    public bool BooksComeWithSnapshots => true;

    public Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/v1/symbols/details/all"),
            all => VenueRows.Instruments(all.EnumerateArray(), details => GeminiAnswers.InstrumentOf(Venue, details)),
            cancellationToken);

    /// <summary>Two questions for each: the venue has none for all.</summary>
    public Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken) => VenueAnswers.AllAsync(
            instruments, async Task<VenueAnswer<IReadOnlyList<(Instrument, DaySummary)>>> (instrument) =>
            {
                var prices = await transport.SendAsync(
                    VenueCall.Get($"/v2/ticker/{PathOf(instrument)}"), prices => prices.Clone(), cancellationToken);
                return prices is VenueAnswer<JsonElement>.Answered { Value: var half }
                    ? await transport.SendAsync<IReadOnlyList<(Instrument, DaySummary)>>(
                        VenueCall.Get($"/v1/pubticker/{PathOf(instrument)}"),
                        volumes => [(instrument, GeminiAnswers.DayOf(half, volumes, instrument.Market))], cancellationToken)
                    : prices.Map<IReadOnlyList<(Instrument, DaySummary)>>(_ => []);
            });

    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get($"/v1/book/{PathOf(instrument)}", ("limit_bids", Text(levels)), ("limit_asks", Text(levels))),
            GeminiAnswers.DepthOf, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get(
                $"/v1/trades/{PathOf(instrument)}",
                ("limit_trades", Text(since is null ? Math.Min(limit, TradesMax) : TradesMax)),
                ("since_tid", since is { } mark ? Text(mark.Id) : null)),
            trades => VenueRows.TradesAfter(since, limit, trades.EnumerateArray().Select(GeminiAnswers.TradeOf)),
            cancellationToken);

    /// <summary>The venue gives what it has of an interval, about a day of minutes, whatever was asked.</summary>
    public Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get($"/v2/candles/{PathOf(instrument)}/{BarOf(interval)}"),
            bars =>
            {
                var candles = bars.EnumerateArray().Select(GeminiAnswers.CandleOf);
                return VenueRows.CandlesFrom(
                    from, limit, interval is CandleInterval.FourHours ? VenueRows.FourHoursOf(candles) : candles);
            },
            cancellationToken);

    public Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken) =>
        transport.SendAsync(VenueCall.Get("/v1/symbols/details/btcusd"), GeminiAnswers.StatusOf, cancellationToken);

    public Task StreamAsync(
        IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken) =>
        MarketStream.RunAsync(
            [.. instruments.Chunk(InstrumentsOfConnection).Select(some => new GeminiStream(link.Stream, some))], link, sink,
            cancellationToken);

    public void Dispose() => transport.Dispose();

    private static string PathOf(Instrument instrument) => instrument.VenueSymbol.ToLowerInvariant();

    // Four hours are made of single ones.
    private static string BarOf(CandleInterval interval) => interval switch
    {
        CandleInterval.OneHour or CandleInterval.FourHours => "1hr",
        CandleInterval.OneDay => "1day",
        _ => interval.Code,
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
