using JasperFx;
using Marten;
using Platform.Domain.Identity;
using Platform.Projections.Identity;

namespace Platform.Workers.Identity;

/// <summary>Renews what nodes hold for persons and runs, as long as the lineage goes and nothing bars it.</summary>
public sealed class InnerTokens(
    IDocumentStore store, TokenIssuer issuer, TokenVerifier verifier, Barriers barriers, Sessions sessions, PlatformClock clock,
    TimeProvider time, Random random)
{
    /// <summary>Keeps a token going for as long as the caller holds on to it.</summary>
    public HeldInnerToken Hold(IssuedToken token, string thumbprint) => new(this, token, thumbprint, time, random);

    /// <summary>The next of its lineage; null: there is none, for the holder to stop what it does.</summary>
    /// <param name="thumbprint">SHA-256 of the holder's certificate, base64url; from the connection once nodes speak mutual TLS.</param>
    /// <exception cref="TokensUnavailableException">This node does not know the latest barriers, or the time.</exception>
    public async Task<IssuedToken?> RenewAsync(string token, string thumbprint, CancellationToken cancellationToken)
    {
        if (!barriers.AreFreshForInner)
            throw new TokensUnavailableException(TokenFault.BarriersStale);
        if (verifier.Inner(token, thumbprint).Token is not { } held || held.Claims.Lineage is not { } id)
            return null;

        await using var session = store.LightweightSession();
        var lineage = await session.LoadAsync<InnerLineage>(id, cancellationToken);
        var now = clock.Now;
        switch (RenewalRules.Decide(held.Claims.Generation, lineage?.Generation ?? 0, lineage?.RenewedAt ?? now, now))
        {
            case Renewal.Advance:
                var next = issuer.Next(held);
                return await TryAdvanceAsync(session, held, lineage, cancellationToken) ? next : null;
            case Renewal.Reused:
                await sessions.EndAsync(held.UserId, held.SessionId, SessionEnding.TokenReused, cancellationToken);
                return null;
            default:
                return null;
        }
    }

    // False: another renewal was first, and it alone goes on.
    private async Task<bool> TryAdvanceAsync(
        IDocumentSession session, InnerToken held, InnerLineage? lineage, CancellationToken cancellationToken)
    {
        var id = held.Claims.Lineage!.Value;
        var end = DateTimeOffset.FromUnixTimeMilliseconds(held.Claims.LineageEndsAt);
        if (lineage is null)
            session.Insert(new InnerLineage(id, 1, clock.Now, end));
        else
            session.UpdateRevision(lineage with { Generation = lineage.Generation + 1, RenewedAt = clock.Now }, lineage.Version + 1);
        try
        {
            await session.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (Exception error) when (error is ConcurrencyException or DocumentAlreadyExistsException)
        {
            return false;
        }
    }
}
