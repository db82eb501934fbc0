namespace Platform.Domain.Audit;

/// <summary>One link as it is stored beside its event.</summary>
/// <param name="Sequence">Of the event.</param>
/// <param name="Index">Of the leaf in the tree, from zero and without gaps.</param>
public sealed record AuditLink(long Sequence, long Index, Digest Leaf, Digest Link);

/// <summary>Where the chain stands: enough to add the next link, and nothing more.</summary>
/// <param name="Size">Links so far; the index of the next one.</param>
/// <param name="Sequence">Of the last event chained; zero when there is none.</param>
/// <param name="Head">The last link.</param>
public sealed record AuditChain(long Size, long Sequence, Digest Head)
{
    public static AuditChain Empty { get; } = new(0, 0, default);

    public static AuditChain After(AuditLink link) => new(link.Index + 1, link.Sequence, link.Link);

    /// <summary>The link of the event at <paramref name="sequence"/>, whose entry has this leaf.</summary>
    public AuditLink Next(long sequence, Digest leaf) => new(sequence, Size, leaf, AuditHash.Link(Head, leaf));
}
