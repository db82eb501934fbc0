using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>The public side of Binance spot, and of the paper venue (rest-api.md, 2026-07).</summary>
internal sealed class BinanceMarketData(VenueLink link) : IVenueMarketData, IVenueQuotes, IDisposable
{
    /// <summary>The most rows that the venue gives at once.</summary>
    public const int PageMax = 1000;

    // The venue allows 1024 streams on one connection; each instrument takes five, and the address must stay short.
    private const int InstrumentsOfConnection = 100;

    // The venue takes no more names in one question.
    private const int SymbolsAtOnce = 100;

    private readonly VenueTransport transport = new(link, new BinanceProtocol());

    public VenueId Venue => link.Venue;

    public bool HasDenseTradeIds => true;

    public BookRules BookRules => BookRules.BinanceSpot;

    public async Task<VenueAnswer<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(
            VenueCall.Get("/api/v3/exchangeInfo") with { Weight = 20, TellsLimits = true }, BinanceJson.As<BinanceExchange>, cancellationToken);
        if (answer is VenueAnswer<BinanceExchange>.Answered { Value.WeightPerMinute: { } weight })
            transport.Budget.Allow(BinanceProtocol.Weight, weight);
        return answer.Map<IReadOnlyList<Instrument>>(exchange => [.. exchange.Markets.Select(market => new Instrument(
            Venue, market.VenueSymbol, market.Rules.Market, InstrumentKind.Spot, market.Rules, market.IsTrading))]);
    }

    public Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, DaySummary Day)>>> DaysAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken) =>
        VenueAnswers.AllAsync(instruments.Chunk(SymbolsAtOnce), page => TickersAsync<BinanceTicker, DaySummary>(
            "/api/v3/ticker/24hr", page.Length <= 20 ? 2 : 40, page, day => (day.VenueSymbol, day.ToSummary()), cancellationToken));

    public Task<VenueAnswer<IReadOnlyList<(Instrument Instrument, TopOfBook Top)>>> QuotesAsync(
        IReadOnlyCollection<Instrument> instruments, CancellationToken cancellationToken) =>
        VenueAnswers.AllAsync(instruments.Chunk(SymbolsAtOnce), page => TickersAsync<BinanceBookTicker, TopOfBook>(
            "/api/v3/ticker/bookTicker", 4, page, quote => (quote.VenueSymbol, quote.ToTop()), cancellationToken));

    public Task<VenueAnswer<DepthSnapshot>> DepthAsync(Instrument instrument, int levels, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get("/api/v3/depth", Of(instrument), ("limit", Text(levels)))
                with { Weight = levels switch { <= 100 => 5, <= 500 => 25, <= 1000 => 50, _ => 250 } },
            BinanceJson.As<DepthSnapshot>, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<PublicTrade>>> TradesAsync(
        Instrument instrument, TradeMark? since, int limit, CancellationToken cancellationToken) => transport.SendAsync(
            (since is { } mark
                ? VenueCall.Get("/api/v3/historicalTrades", Of(instrument), ("limit", Text(limit)), ("fromId", Text(mark.Id + 1)))
                : VenueCall.Get("/api/v3/trades", Of(instrument), ("limit", Text(limit)))) with { Weight = 25 },
            BinanceJson.As<IReadOnlyList<PublicTrade>>, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<Candle>>> CandlesAsync(
        Instrument instrument, CandleInterval interval, DateTimeOffset? from, int limit, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get(
                "/api/v3/klines", Of(instrument), ("interval", interval.Code), ("limit", Text(limit)),
                ("startTime", from is { } start ? Text(start.ToUnixTimeMilliseconds()) : null)) with { Weight = 2 },
            BinanceJson.As<IReadOnlyList<Candle>>, cancellationToken);

    /// <summary>The paper venue has a clock and no word for its state: it is there, or it does not answer.</summary>
    public async Task<VenueAnswer<VenueStatus>> StatusAsync(CancellationToken cancellationToken)
    {
        var clock = await transport.SendAsync(
            VenueCall.Get("/api/v3/time"), answer => answer.Milliseconds("serverTime"), cancellationToken);
        if (clock is not VenueAnswer<DateTimeOffset>.Answered { Value: var now })
            return clock.Map(_ => new VenueStatus(VenueState.Online, Message: null, VenueTime: null));

        var status = await transport.SendAsync(
            VenueCall.Get("/sapi/v1/system/status") with { Limit = BinanceProtocol.WalletWeight },
            answer => new VenueStatus(
                answer.Whole("status") == 0 ? VenueState.Online : VenueState.Maintenance, answer.TextOrNone("msg"), now),
            cancellationToken);
        return status is VenueAnswer<VenueStatus>.Answered
            ? status
            : new VenueAnswer<VenueStatus>.Answered(new(VenueState.Online, Message: null, now));
    }

    public Task StreamAsync(
        IReadOnlyCollection<Instrument> instruments, IMarketSink sink, CancellationToken cancellationToken) =>
        MarketStream.RunAsync(
            [.. instruments.Chunk(InstrumentsOfConnection).Select(page => new BinanceStream(link.Stream, page, BinanceStream.Spot))],
            link, sink, cancellationToken);

    public void Dispose() => transport.Dispose();

    private Task<VenueAnswer<IReadOnlyList<(Instrument, T)>>> TickersAsync<TRow, T>(
        string path, int weight, Instrument[] page, Func<TRow, (string VenueSymbol, T Value)> read, CancellationToken cancellationToken)
    {
        var bySymbol = page.ToDictionary(instrument => instrument.VenueSymbol, StringComparer.Ordinal);
        return transport.SendAsync<IReadOnlyList<(Instrument, T)>>(
            VenueCall.Get(path, ("symbols", JsonSerializer.Serialize(bySymbol.Keys))) with { Weight = weight },
            answer =>
            [
                .. from row in BinanceJson.As<IReadOnlyList<TRow>>(answer).Select(read)
                   where bySymbol.ContainsKey(row.VenueSymbol)
                   select (bySymbol[row.VenueSymbol], row.Value),
            ],
            cancellationToken);
    }

    private static (string Name, string? Value) Of(Instrument instrument) => ("symbol", instrument.VenueSymbol);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
