using JasperFx;
using Platform.Domain.Identity;

namespace Platform.Projections.Identity;

/// <summary>
/// One sign-in on one device, and how far its tokens were renewed. A document and not events: it tells where a person was,
/// which must be erasable.
/// </summary>
/// <param name="LastSeenAt">By the hour: nobody needs to know more.</param>
/// <param name="Device">What the browser calls itself, shortened; shown to nobody but the person.</param>
/// <param name="Network">The keyed hash of the network it came from.</param>
/// <param name="StrongAt">When the person last did.</param>
/// <param name="Generation">Of the token that was issued last.</param>
/// <param name="EndsAt">No renewal goes past it.</param>
/// <param name="EndedAt">Null: it goes on.</param>
public sealed record UserSession(
    SessionId Id, UserId UserId, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string Device, Guid? Network,
    ProofMethods Methods, DateTimeOffset StrongAt, int Generation, DateTimeOffset RenewedAt,
    DateTimeOffset EndsAt, DateTimeOffset? EndedAt) : IRevisioned
{
    /// <summary>The store's own count of changes, by which the second of two at once is told.</summary>
    public int Version { get; set; }
}

/// <summary>How far the renewals of one inner token have come. Made at the first one.</summary>
/// <param name="Id">The lineage.</param>
public sealed record InnerLineage(Guid Id, int Generation, DateTimeOffset RenewedAt, DateTimeOffset EndsAt) : IRevisioned
{
    /// <summary>The store's own count of changes, by which the second of two at once is told.</summary>
    public int Version { get; set; }
}

/// <summary>A danger token that did its work: written in the commit of that work, and a second time never.</summary>
/// <param name="Id">The token's.</param>
/// <param name="ExpiresAt">A little after it nobody would take the token any more, and this is forgotten.</param>
public sealed record DangerUse(Guid Id, string Operation, string Resource, DateTimeOffset UsedAt, DateTimeOffset ExpiresAt);
