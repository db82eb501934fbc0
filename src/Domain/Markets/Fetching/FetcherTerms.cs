namespace Platform.Domain.Markets.Fetching;

/// <summary>Everything about a fetcher that is not code: what operators see, and what the fleet holds it to.</summary>
/// <param name="Summary">What it brings, for people.</param>
/// <param name="Address">Where it asks, as the source documents it; never with a key.</param>
/// <param name="StaleAfter">Without a success for so long what it brought is old, and somebody should look.</param>
/// <param name="Parser">Counts the versions of its parser: a higher one may be run again on the answers that were kept.</param>
/// <param name="RawKept">How long answers are kept as they came, beside the newest one.</param>
/// <param name="FactsKept">Null: for ever.</param>
/// <param name="NeedsKey">Whether a secret must be in the vault before it can ask.</param>
public sealed record FetcherTerms(
    FetcherId Id, string Summary, string Address, FetchSchedule Schedule, FetchBudget Budget, Licence Licence,
    TimeSpan StaleAfter, GapRule Gaps, int Parser, TimeSpan RawKept, TimeSpan? FactsKept = null, bool NeedsKey = false);

/// <summary>What may be asked of a source, by all fetchers and all processes together.</summary>
/// <param name="Source">Whose budget it is: fetchers of one source share it.</param>
/// <param name="CallsMax">At most so many calls within <paramref name="Window"/>.</param>
/// <param name="CallCost">What one call costs, in US dollars; zero where it is free.</param>
public sealed record FetchBudget(string Source, int CallsMax, TimeSpan Window, decimal CallCost = 0);

/// <summary>On what terms a source may be used.</summary>
/// <param name="Name">SPDX where it has a code; else as the source calls it.</param>
/// <param name="Attribution">What must stand beside the numbers where they are shown; null: nothing.</param>
public sealed record Licence(string Name, string? Attribution = null)
{
    /// <summary>A venue's or a node's own terms of use, agreed to by whoever connects it.</summary>
    public static Licence OwnAccess { get; } = new("terms of the venue or node");
}
