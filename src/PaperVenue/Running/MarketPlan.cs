using Platform.PaperVenue.Liquidity;
using Platform.PaperVenue.Matching;
using Platform.PaperVenue.Replay;

namespace Platform.PaperVenue.Running;

/// <summary>Which markets the venue lists, and what moves each.</summary>
/// <param name="Replayed">The market that the recording moves; null when there is no recording.</param>
public sealed record MarketPlan(IReadOnlyList<HouseMarket> Markets, HouseMarket? Replayed, Recording? Recording)
{
    public IEnumerable<HouseMarket> Invented => Markets.Where(market => market != Replayed);

    public IReadOnlyDictionary<string, Instrument> Instruments => field ??= Markets.ToDictionary(
        market => market.Instrument.Symbol, market => market.Instrument, StringComparer.Ordinal);

    /// <param name="now">Unix milliseconds.</param>
    /// <exception cref="UnreadableRecordingException">The recording cannot be played.</exception>
    public static async Task<MarketPlan> ForAsync(VenueOptions options, long now)
    {
        var listed = HouseMarket.Listed(options.Seed);
        if (options.ReplayFile is null)
            return new(listed, null, null);

        var recording = Recording.Open(options.ReplayFile, options.ReplayMarket);
        var first = await recording.ReadAsync().FirstOrDefaultAsync()
            ?? throw new UnreadableRecordingException($"nothing is recorded in {options.ReplayFile}");
        var symbol = recording.BaseAsset + recording.QuoteAsset;
        var instrument = Instrument.Listed.FirstOrDefault(each => Named(each, symbol))
            ?? RecordedRules.For(recording, first.Price);
        var replayed = HouseMarket.Recorded(instrument, first.Price, now, options.Seed);
        return new([.. listed.Where(market => !Named(market.Instrument, symbol)), replayed], replayed, recording);
    }

    private static bool Named(Instrument instrument, string symbol) =>
        string.Equals(instrument.Symbol, symbol, StringComparison.Ordinal);
}
