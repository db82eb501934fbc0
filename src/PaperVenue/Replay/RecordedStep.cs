using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Replay;

/// <summary>One moment of a recording. Closed: both cases are in this file.</summary>
/// <param name="At">Unix milliseconds, as recorded.</param>
public abstract record RecordedStep(long At)
{
    /// <summary>A price of this moment, to begin from.</summary>
    public abstract decimal Price { get; }
}

/// <summary>Something traded.</summary>
/// <param name="TakerSide">Null when the recording does not say who came.</param>
public sealed record RecordedTrade(long At, decimal TradePrice, decimal Quantity, Side? TakerSide) : RecordedStep(At)
{
    public override decimal Price => TradePrice;
}

/// <summary>The book stood like this.</summary>
public sealed record RecordedQuote(long At, decimal Bid, decimal Ask) : RecordedStep(At)
{
    public override decimal Price => Bid;
}
