namespace Platform.Domain.Markets.Fetching;

/// <summary>One thing that a source said. The same said again is no new fact; said otherwise, it is a revision of the first.</summary>
/// <param name="Subject">What it is of, unique within its fetcher together with <paramref name="At"/>: "BTC-USDT", "DGS10".</param>
/// <param name="At">
/// The value date: when it was so. <see cref="Standing"/> for what has no date and holds until it is said otherwise.
/// </param>
/// <param name="PublishedAt">Since when it could be known: the source's word, else when it was fetched.</param>
public sealed record Fact(string Subject, DateTimeOffset At, DateTimeOffset PublishedAt, FactContent Content)
{
    /// <summary>The value date of what has none; the store keeps it as "-infinity".</summary>
    public static DateTimeOffset Standing => DateTimeOffset.MinValue;
}

/// <summary>Something in an answer that cannot be kept as it was meant; it is told rather than rounded or guessed.</summary>
public sealed record RejectedFact(string Subject, string Reason);

/// <summary>What an answer says.</summary>
public sealed record ParsedFacts(IReadOnlyList<Fact> Facts, IReadOnlyList<RejectedFact> Rejected)
{
    public static ParsedFacts Of(IEnumerable<Fact> facts) => new([.. facts], []);
}
