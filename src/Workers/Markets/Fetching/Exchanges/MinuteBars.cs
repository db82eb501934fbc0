using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>
/// One-minute bars that are over. Each answer reaches back two hours, so that an outage of that length leaves no gap and a bar
/// that the venue restates is a revision. A minute without a trade has no bar: what is missing is only suspected.
/// </summary>
public sealed class MinuteBars(VenueSource source) : IFetcher
{
    private const int Bars = 120;
    private static readonly TimeSpan Minute = CandleInterval.OneMinute.Length;

    public FetcherTerms Terms { get; } = source.TermsOf(
        "exchange.bars", "One-minute bars of followed markets", Minute, kept: TimeSpan.FromDays(30), GapRule.Each(Minute));

    public async ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) =>
        await source.PerInstrumentAsync(
            (instrument, stop) => source.MarketData.CandlesAsync(instrument, CandleInterval.OneMinute, from: null, Bars, stop), cancellationToken);

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(VenueSource.Read<IReadOnlyList<Candle>>(raw)
        .Where(bar => bar.OpenTime + Minute <= raw.At && !bar.IsFilledForward)
        .Select(bar => new Fact(raw.About, bar.OpenTime, raw.At, new VenueBar(
            CandleInterval.OneMinute, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume))));
}
