using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>Public trades, each once: every run goes on behind the last trade that was kept of each market.</summary>
public sealed class PublicTrades(VenueSource source) : IFetcher
{
    private const int PageMax = 1000;

    public FetcherTerms Terms { get; } = source.TermsOf(
        "exchange.trades", "Public trades of followed markets", TimeSpan.FromSeconds(30), kept: TimeSpan.FromDays(7), GapRule.None);

    public async ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var marks = stand.Position is { } position
            ? JsonSerializer.Deserialize<Dictionary<string, TradeMark>>(position, FactContent.Json)!
            : new(StringComparer.Ordinal);
        return
        [
            .. (await source.FollowedAsync(InstrumentKind.Spot, cancellationToken)).Select(instrument =>
            {
                var market = instrument.Market.Value;
                TradeMark? since = marks.TryGetValue(market, out var mark) ? mark : null;
                return VenueSource.Call(market, stop => source.MarketData.TradesAsync(instrument, since, PageMax, stop)) with
                {
                    PositionAfter = raw => PositionAfter(marks, raw),
                };
            }),
        ];
    }

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(VenueSource.Read<IReadOnlyList<PublicTrade>>(raw)
        .Select(trade => new Fact(
            string.Create(CultureInfo.InvariantCulture, $"{raw.About}#{trade.Id}"), trade.At, raw.At,
            new TradePrint(trade.Price, trade.Quantity, trade.TakerSide))));

    private static string PositionAfter(Dictionary<string, TradeMark> marks, RawAnswer raw)
    {
        if (VenueSource.Read<IReadOnlyList<PublicTrade>>(raw) is [.., var last])
            marks[raw.About] = new(last.Id, last.At);
        return JsonSerializer.Serialize(marks, FactContent.Json);
    }
}
