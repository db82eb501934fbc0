using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching;

/// <summary>
/// Brings one type of facts from one source. Adding one is a file with its terms, its calls and its parser, and a line of
/// registration; when it runs, what it may ask, what is kept and how it fares is the fleet's.
/// </summary>
public interface IFetcher
{
    FetcherTerms Terms { get; }

    /// <summary>What to ask now, in order. It may ask the source itself where the questions depend on an answer.</summary>
    /// <exception cref="FetchException">The source did not answer that.</exception>
    ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken);

    /// <summary>Pure: the same answer gives the same facts, today and in a year.</summary>
    ParsedFacts Parse(RawAnswer raw);
}

/// <summary>Where a fetcher stands as it begins.</summary>
/// <param name="Position">What <see cref="FetchCall.PositionAfter"/> said of the last answer that was kept; null before the first.</param>
public sealed record FetchStand(string? Position, DateTimeOffset Now);

/// <summary>One call of a source.</summary>
/// <param name="About">What is asked about, for the parser: the answer alone often does not say.</param>
/// <param name="AskAsync">The bytes of the answer; throws a <see cref="FetchException"/> when there is none.</param>
public sealed record FetchCall(string About, Func<CancellationToken, Task<ReadOnlyMemory<byte>>> AskAsync)
{
    /// <summary>
    /// From the answer, where to go on once it is kept; committed together with it. Null where each run begins anew.
    /// </summary>
    public Func<RawAnswer, string>? PositionAfter { get; init; }

    /// <summary>Whether it must not be made after one that failed, or something would be passed over.</summary>
    public bool IsInOrder { get; init; }
}

/// <summary>An answer as it came.</summary>
/// <param name="At">When it was fetched first.</param>
public sealed record RawAnswer(string About, ReadOnlyMemory<byte> Body, DateTimeOffset At);

/// <summary>Fetchers that are registered together: one of a type for each venue, say.</summary>
public sealed record FetcherGroup(IReadOnlyList<IFetcher> Members);
