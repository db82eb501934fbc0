namespace Platform.Domain.Markets.Aggregation;

/// <summary>What one venue said of a market at an instant, and what the rule made of it.</summary>
/// <param name="Weight">Its share of the index, 0 to 1, to six places.</param>
public sealed record IndexPart(VenueId Venue, IndexInput Input, VenueVerdict Verdict, decimal Weight);

/// <summary>A market's index at an instant with all that it was made of, so that whoever has the rule gets the same again.</summary>
/// <param name="Methodology">Of which the rule was.</param>
/// <param name="Scale">What the whole numbers are counted in.</param>
public sealed record IndexSample(
    MarketKey Market, DateTimeOffset At, int Methodology, MarketScale Scale, IndexPast Past, IndexOutcome Outcome, IReadOnlyList<IndexPart> Parts)
{
    /// <summary>In quote units; null: no venue could be believed.</summary>
    public decimal? Index => Outcome.Index > 0 ? Scale.Price(Outcome.Index) : null;

    /// <summary>The same, computed anew from what the venues said; null when another methodology made it.</summary>
    public IndexSample? Recomputed()
    {
        if (Methodology != IndexRule.Methodology)
            return null;

        var (verdicts, weights) = (new VenueVerdict[Parts.Count], new Int128[Parts.Count]);
        var outcome = IndexRule.Of([.. Parts.Select(part => part.Input)], Past, verdicts, weights);
        var shares = IndexWeights.SharesOf(weights);
        return this with { Outcome = outcome, Parts = [.. Parts.Select((part, at) => part with { Verdict = verdicts[at], Weight = shares[at] })] };
    }

    /// <summary>Whether both say the same of the price and of each venue.</summary>
    public bool SaysTheSameAs(IndexSample other) => Outcome == other.Outcome && Parts.SequenceEqual(other.Parts);
}
