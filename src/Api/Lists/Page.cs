namespace Platform.Api.Lists;

/// <summary>One page of a list.</summary>
/// <param name="Next">The cursor of the page behind this one; null on the last.</param>
/// <param name="Sequence">Up to which event the page has seen; null where a list is not made of events.</param>
/// <param name="Count">How many items all pages have; null when nobody asked.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, long? Sequence, long? Count);
