using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Replay;

/// <summary>Trading rules for a market that only a recording knows.</summary>
public static class RecordedRules
{
    /// <summary>Seven digits of price; as fine a lot as leaves price times quantity at eight decimals.</summary>
    public static Instrument For(Recording recording, decimal price)
    {
        var tick = 1m;
        while (tick > 0.00000001m && tick * 1_000_000 > price)
            tick /= 10;
        var lot = Math.Max(0.00000001m / tick, 0.00001m);
        return new(
            recording.BaseAsset + recording.QuoteAsset, recording.BaseAsset, recording.QuoteAsset, Plain(tick),
            Plain(lot), 9_000_000m, Plain(price * lot));
    }

    // A decimal remembers trailing zeros; rules should not show them.
    private static decimal Plain(decimal value) =>
        decimal.Round(value, Instrument.Decimals) / 1.0000000000000000000000000000m;
}
