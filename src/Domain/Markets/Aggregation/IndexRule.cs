using System.Runtime.InteropServices;

namespace Platform.Domain.Markets.Aggregation;

/// <summary>How far a market's index may be believed.</summary>
public enum IndexQuality : byte
{
    /// <summary>No venue counts: there is no value, and each venue says why.</summary>
    None = 0,

    /// <summary>Three venues or more, with four fifths of the volume.</summary>
    Firm,

    /// <summary>Fewer venues, or too little of the volume.</summary>
    Thin,

    /// <summary>Two venues differ too much, or the only one jumped.</summary>
    Disputed,

    /// <summary>No input younger than five minutes: the last value is kept.</summary>
    Stale,
}

/// <summary>Whether a venue counted, or else why not.</summary>
public enum VenueVerdict : byte
{
    Used = 0,
    Killed,
    Halted,
    Desynced,

    /// <summary>It has told no price yet.</summary>
    NoPrice,

    /// <summary>Its last price is older than three hours.</summary>
    Old,

    /// <summary>Its own bid is not below its own ask.</summary>
    QuoteCrossed,

    /// <summary>Its ask is more than 5 % above its bid.</summary>
    QuoteWide,

    /// <summary>It traded more than 2 % outside its own bid and ask.</summary>
    OutsideQuote,

    /// <summary>Too far from the median of all.</summary>
    Outlier,

    /// <summary>Two venues differ by more than 2 %, and this one is further from the last index, or there is none.</summary>
    Disputed,

    /// <summary>The only venue, over 20 % from the last index, and not for three flushes yet.</summary>
    JumpHeld,

    /// <summary>The only venue, at a hundred times the last index or a hundredth: for a person to confirm.</summary>
    JumpRefused,
}

/// <summary>What one venue says of a market; prices and volume in whole numbers of the market's scale.</summary>
/// <param name="Price">Of its last trade; zero: none.</param>
/// <param name="Volume">Base units of 24 hours.</param>
/// <param name="Age">Of the price, in ticks.</param>
/// <param name="Bid">Of a fresh quote, as <paramref name="Ask"/>; zero where there is none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct IndexInput(
    VenueStanding Standing, long Price, long Volume, long Age, long Bid = 0, long Ask = 0);

/// <summary>What was before.</summary>
/// <param name="Index">The last value; zero: none yet.</param>
/// <param name="Age">Of the last value, in ticks.</param>
/// <param name="HeldFlushes">How often in a row a jump was held back.</param>
/// <param name="IsConfirmed">A person says that the price is right.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct IndexPast(long Index, long Age, int HeldFlushes, bool IsConfirmed);

/// <param name="Index">Zero: none.</param>
/// <param name="IsKept">It is the last value, and not of now.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct IndexOutcome(long Index, bool IsKept, IndexQuality Quality, int HeldFlushes);

/// <summary>
/// One price of a market from all its venues: exclusion, outliers against the unweighted median, weights by volume that
/// decay with age, no weight over 60 %. Whole numbers throughout, rounded once, so that everybody gets the same.
/// </summary>
public static class IndexRule
{
    /// <summary>Goes with every value; rises when a rule changes.</summary>
    public const int Methodology = 1;

    private const long Minute = TimeSpan.TicksPerMinute;
    private const long AgeMax = 180 * Minute;
    private const long FreshMax = 5 * Minute;
    private const long RememberedMax = 10 * Minute;
    private const int HeldFlushesMax = 3;
    private const int JumpMax = 100;

    /// <param name="verdicts">One for each input.</param>
    /// <param name="weights">One for each input, zero unless it counts; only their proportions mean something.</param>
    public static IndexOutcome Of(
        ReadOnlySpan<IndexInput> inputs, in IndexPast past, Span<VenueVerdict> verdicts, Span<Int128> weights)
    {
        var count = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            verdicts[i] = Exclusion(inputs[i]);
            count += verdicts[i] is VenueVerdict.Used ? 1 : 0;
        }

        weights.Clear();
        if (count == 0)
            return default;
        if (count == 1)
            return OfOne(inputs, past, verdicts, weights);
        if (count == 2)
            return OfTwo(inputs, past, verdicts, weights);

        Outliers.Reject(inputs, verdicts, count);
        return Weighted(inputs, past, verdicts, weights);
    }

    private static VenueVerdict Exclusion(in IndexInput venue) => venue switch
    {
        { Standing: not VenueStanding.None } when venue.Standing.HasFlag(VenueStanding.Killed) => VenueVerdict.Killed,
        { Standing: not VenueStanding.None } when venue.Standing.HasFlag(VenueStanding.Halted) => VenueVerdict.Halted,
        { Standing: not VenueStanding.None } => VenueVerdict.Desynced,
        { Bid: > 0, Ask: > 0 } when venue.Bid >= venue.Ask => VenueVerdict.QuoteCrossed,
        { Bid: > 0, Ask: > 0 } when (Int128)(venue.Ask - venue.Bid) * 20 > venue.Bid => VenueVerdict.QuoteWide,
        { Price: <= 0 } => VenueVerdict.NoPrice,
        { Age: > AgeMax } => VenueVerdict.Old,
        { Bid: > 0, Ask: > 0 } when (Int128)venue.Price * 100 < (Int128)venue.Bid * 98
            || (Int128)venue.Price * 100 > (Int128)venue.Ask * 102 => VenueVerdict.OutsideQuote,
        _ => VenueVerdict.Used,
    };

    private static IndexOutcome OfOne(
        ReadOnlySpan<IndexInput> inputs, in IndexPast past, Span<VenueVerdict> verdicts, Span<Int128> weights)
    {
        var only = verdicts.IndexOf(VenueVerdict.Used);
        Int128 price = inputs[only].Price;
        if (past.Index == 0 || past.IsConfirmed || Int128.Abs(price - past.Index) * 5 <= past.Index)
            return Weighted(inputs, past, verdicts, weights);

        if (price > (Int128)past.Index * JumpMax || price * JumpMax < past.Index)
        {
            verdicts[only] = VenueVerdict.JumpRefused;
            return new(past.Index, IsKept: true, IndexQuality.Disputed, 0);
        }

        if (past.HeldFlushes + 1 >= HeldFlushesMax)
            return Weighted(inputs, past, verdicts, weights);

        verdicts[only] = VenueVerdict.JumpHeld;
        return new(past.Index, IsKept: true, IndexQuality.Disputed, past.HeldFlushes + 1);
    }

    private static IndexOutcome OfTwo(
        ReadOnlySpan<IndexInput> inputs, in IndexPast past, Span<VenueVerdict> verdicts, Span<Int128> weights)
    {
        var one = verdicts.IndexOf(VenueVerdict.Used);
        var other = verdicts.LastIndexOf(VenueVerdict.Used);
        var (low, high) = inputs[one].Price <= inputs[other].Price ? (one, other) : (other, one);
        if ((Int128)(inputs[high].Price - inputs[low].Price) * 50 <= inputs[low].Price)
            return Weighted(inputs, past, verdicts, weights);

        if (past.Index == 0 || past.Age >= RememberedMax)
        {
            (verdicts[one], verdicts[other]) = (VenueVerdict.Disputed, VenueVerdict.Disputed);
            return new(0, IsKept: false, IndexQuality.Disputed, 0);
        }

        // Of two as near as each other the lower one, whichever venue comes first.
        var isLowNearer = past.Index - inputs[low].Price <= inputs[high].Price - past.Index;
        verdicts[isLowNearer ? high : low] = VenueVerdict.Disputed;
        return Weighted(inputs, past, verdicts, weights) with { Quality = IndexQuality.Disputed };
    }

    private static IndexOutcome Weighted(
        ReadOnlySpan<IndexInput> inputs, in IndexPast past, ReadOnlySpan<VenueVerdict> verdicts, Span<Int128> weights)
    {
        var total = IndexWeights.Of(inputs, verdicts, weights);
        Int128 sum = 0;
        var youngest = long.MaxValue;
        var count = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (verdicts[i] is not VenueVerdict.Used)
                continue;

            sum += weights[i] * inputs[i].Price;
            youngest = Math.Min(youngest, inputs[i].Age);
            count++;
        }

        var index = (long)Ratio.HalfEven(sum, total);
        if (youngest > FreshMax)
            return new(past.Index > 0 ? past.Index : index, past.Index > 0, IndexQuality.Stale, 0);

        return new(index, IsKept: false, count >= 3 && IsCovered(inputs, verdicts) ? IndexQuality.Firm : IndexQuality.Thin, 0);
    }

    private static bool IsCovered(ReadOnlySpan<IndexInput> inputs, ReadOnlySpan<VenueVerdict> verdicts)
    {
        Int128 used = 0, all = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            all += inputs[i].Volume;
            used += verdicts[i] is VenueVerdict.Used ? inputs[i].Volume : 0;
        }

        return used * 5 >= all * 4;
    }
}
