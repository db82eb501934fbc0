using System.Globalization;
using System.Net.WebSockets;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.KuCoin;

/// <summary>The public side of KuCoin spot. Books deeper than 100 levels need an account there.</summary>
internal sealed class KuCoinMarketData(VenueLink link) : IVenueMarketData, IDisposable
{
    private const int FewLevels = 20;
    private const int TradesMax = 100;
    private const int BarsMax = 1500;

    // Five topics each, of the 400 that one connection carries.
    private const int InstrumentsOfConnection = 50;

    private readonly VenueTransport transport = new(
        link, new PublicProtocol([new("public", 2000, TimeSpan.FromSeconds(30))], KuCoinAnswers.Verdict)
        {
            Counts = ("gw-ratelimit-limit", "gw-ratelimit-remaining"),
        });

    public VenueId Venue => link.Venue;

    public BookRules BookRules { get; } = new(BookSequence.Ranges);

    public Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/api/v2/symbols") with { Weight = 4 },
            symbols => VenueRows.Instruments(symbols.EnumerateArray(), symbol => KuCoinAnswers.InstrumentOf(Venue, symbol)),
            cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get("/api/v1/market/allTickers") with { Weight = 15 },
            all =>
            {
                var at = all.Milliseconds("time");
                return VenueRows.Days(
                    all.GetProperty("ticker").EnumerateArray(), instruments, ticker => ticker.TextOrNone("symbol"),
                    ticker => KuCoinAnswers.DayOf(ticker, at));
            },
            cancellationToken);

    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken) =>
        transport.SendAsync(
            levels <= FewLevels
                ? VenueCall.Get("/api/v1/market/orderbook/level2_20", Of(instrument)) with { Weight = 2 }
                : VenueCall.Get("/api/v1/market/orderbook/level2_100", Of(instrument)) with { Weight = 4 },
            KuCoinAnswers.DepthOf, cancellationToken);

    /// <summary>The venue gives the latest hundred, whatever was asked.</summary>
    public int? LatestTradesMax(Instrument instrument) => TradesMax;

    public Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get("/api/v1/market/histories", Of(instrument)) with { Weight = 2 },
            trades => VenueRows.TradesAfter(since, limit, trades.EnumerateArray().Select(KuCoinAnswers.TradeOf)),
            cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken)
    {
        var page = Math.Min(limit, BarsMax);
        return transport.SendAsync(
            VenueCall.Get(
                "/api/v1/market/candles", Of(instrument), ("type", BarOf(interval)),
                ("startAt", from is { } start ? Text(start.ToUnixTimeSeconds()) : null),
                ("endAt", from is { } first ? Text((first + (interval.Length * page)).ToUnixTimeSeconds()) : null))
                with { Weight = 3 },
            bars => VenueRows.CandlesFrom(from, page, bars.EnumerateArray().Select(KuCoinAnswers.CandleOf)), cancellationToken);
    }

    public async Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken)
    {
        var status = await transport.SendAsync(
            VenueCall.Get("/api/v1/status") with { Weight = 3 }, KuCoinAnswers.StatusOf, cancellationToken);
        return status is VenueAnswer<VenueStatus>.Answered { Value: var told }
            && await transport.SendAsync(
                VenueCall.Get("/api/v1/timestamp") with { Weight = 3 }, now => WireTime.FromMilliseconds(now.Whole()),
                cancellationToken) is VenueAnswer<DateTimeOffset>.Answered { Value: var at }
            ? new VenueAnswer<VenueStatus>.Answered(told with { VenueTime = at })
            : status;
    }

    public Task StreamAsync(
        IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken) =>
        MarketStream.RunAsync(
            [.. instruments.Chunk(InstrumentsOfConnection).Select(some => new KuCoinStream(TicketAsync, some))], link, sink,
            cancellationToken);

    public void Dispose() => transport.Dispose();

    internal static string BarOf(CandleInterval interval) => interval switch
    {
        CandleInterval.OneMinute => "1min",
        CandleInterval.FiveMinutes => "5min",
        CandleInterval.FifteenMinutes => "15min",
        CandleInterval.OneHour => "1hour",
        CandleInterval.FourHours => "4hour",
        CandleInterval.OneDay => "1day",
        _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, "No such interval."),
    };

    private async ValueTask<Uri> TicketAsync(CancellationToken cancellationToken) =>
        (await transport.SendAsync(
            VenueCall.Post("/api/v1/bullet-public") with { Weight = 10 },
            ticket => KuCoinAnswers.StreamOf(ticket, link.Random.NextInt64()), cancellationToken)).Match(
                address => address,
                refused => throw new WebSocketException($"No ticket: {refused.Raw}"),
                notFound => throw new WebSocketException($"No ticket: {notFound.Message}"),
                unknown => throw new WebSocketException($"No ticket: {unknown.Cause}, {unknown.Detail}"));

    private static (string Name, string? Value) Of(Instrument instrument) => ("symbol", instrument.VenueSymbol);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
