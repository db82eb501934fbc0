using JasperFx;
using Marten;
using Platform.Domain.Identity;
using Platform.Projections.Identity;

namespace Platform.Workers.Identity;

/// <summary>Who signs in, and with what.</summary>
/// <param name="Device">What the client calls itself.</param>
public sealed record SignIn(UserId UserId, ProofMethods Methods, string Device, TokenOrigin Origin);

/// <summary>
/// Sessions: begun, renewed, shown and ended. An ended session, its barrier and what was the cause of both are one commit.
/// </summary>
public sealed class Sessions(
    IDocumentStore store, TokenIssuer issuer, Barriers barriers, BarrierSubjects subjects, SecurityLog log, PlatformClock clock)
{
    /// <summary>More are not shown at once; the rest shows when these have ended.</summary>
    public const int ShownMax = 100;

    private const int DeviceLengthMax = 120;
    private const int TriesMax = 3;

    /// <summary>Begins a session; the person was let in before.</summary>
    /// <exception cref="TokensUnavailableException">This node issues nothing.</exception>
    /// <exception cref="InvalidOperationException">There is no such person any more.</exception>
    public async Task<IssuedToken> OpenAsync(SignIn signIn, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        var scope = await session.ScopeOfAsync(signIn.UserId, cancellationToken)
            ?? throw new InvalidOperationException("Nobody signs in who is not there.");
        var now = clock.Now;
        var around = signIn.Origin.Address is { } address ? subjects.From(address).Around.Id.Value : (Guid?)null;
        var opened = new UserSession(
            SessionId.From(Guid.CreateVersion7()), signIn.UserId, now, HourOf(now), Shortened(signIn.Device), around,
            signIn.Methods, StrongAt: now, Generation: 0, RenewedAt: now, EndsAt: now + TokenLife.LineageMax, EndedAt: null);
        var token = issuer.Outer(opened, scope, await BehindAsync(opened, signIn.Origin, cancellationToken));
        session.Insert(opened);
        session.Events.StartStream<UserSession>(
            opened.Id.Value, new SessionOpened(opened.Id, opened.UserId, opened.Methods));
        await session.SaveChangesAsync(cancellationToken);
        return token;
    }

    /// <summary>The next token of the session; null when there is none, for whatever reason.</summary>
    /// <exception cref="TokensUnavailableException">This node issues nothing.</exception>
    public async Task<IssuedToken?> RenewAsync(OuterToken token, TokenOrigin origin, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries < TriesMax; tries++)
        {
            try
            {
                return await TryRenewAsync(token, origin, cancellationToken);
            }
            catch (ConcurrencyException)
            {
                // Another renewal was first; this one finds itself one behind.
            }
        }

        return await TryRenewAsync(token, origin, cancellationToken);
    }

    /// <summary>The person's sessions that go on, latest first.</summary>
    public async Task<IReadOnlyList<UserSession>> ListAsync(UserId user, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await LiveOf(session, user).ToListAsync(cancellationToken);
    }

    /// <summary>Ends one of the person's sessions. False: the person has none of that id. Again: nothing more happens.</summary>
    public async Task<bool> EndAsync(UserId user, SessionId id, SessionEnding ending, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<UserSession>(id, cancellationToken) is not { } found || found.UserId != user)
            return false;

        await EndAsync(session, found.EndedAt is null ? [found] : [], ending, cancellationToken);
        return true;
    }

    /// <summary>Ends all of the person's sessions but that one.</summary>
    /// <param name="kept">Null: none is kept.</param>
    public async Task EndOthersAsync(UserId user, SessionId? kept, SessionEnding ending, CancellationToken cancellationToken)
    {
        IReadOnlyList<UserSession> rest;
        do
        {
            await using var session = store.LightweightSession();
            rest = [.. (await LiveOf(session, user).ToListAsync(cancellationToken)).Where(other => other.Id != kept)];
            await EndAsync(session, rest, ending, cancellationToken);
        }
        while (rest.Count >= ShownMax - 1);
    }

    private async Task<IssuedToken?> TryRenewAsync(OuterToken token, TokenOrigin origin, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<UserSession>(token.SessionId, cancellationToken) is not { EndedAt: null } found
            || await session.ScopeOfAsync(found.UserId, cancellationToken) is not { } scope)
            return null;

        var now = clock.Now;
        switch (RenewalRules.Decide(token.Claims.Generation, found.Generation, found.RenewedAt, now))
        {
            case Renewal.Advance:
                var next = found with { Generation = found.Generation + 1, RenewedAt = now, LastSeenAt = HourOf(now) };
                var issued = await IssueAsync(next);
                session.UpdateRevision(next, found.Version + 1);
                await session.SaveChangesAsync(cancellationToken);
                return issued;
            case Renewal.Repeat:
                return await IssueAsync(found);
            case Renewal.Reused:
                log.TokenReused(found.UserId, found.Id);
                await EndAsync(session, [found], SessionEnding.TokenReused, cancellationToken);
                return null;
            default:
                return null;
        }

        async Task<IssuedToken> IssueAsync(UserSession of) =>
            issuer.Outer(of, scope, await BehindAsync(of, origin, cancellationToken));
    }

    private async Task EndAsync(
        IDocumentSession session, IReadOnlyList<UserSession> ended, SessionEnding ending, CancellationToken cancellationToken)
    {
        if (ended.Count == 0)
            return;

        var cause = ending is SessionEnding.TokenReused ? BarrierCause.TokenReused : BarrierCause.SessionEnded;
        foreach (var each in ended)
        {
            session.UpdateRevision(each with { EndedAt = clock.Now }, each.Version + 1);
            session.Events.Append(each.Id.Value, new SessionEnded(each.Id, each.UserId, ending));
        }

        var raised = await session.RaiseBarriersAsync([.. ended.Select(each => subjects.Session(each.Id))], cause, cancellationToken);
        await session.SaveChangesAsync(cancellationToken);
        barriers.Learn(raised);
    }

    private async Task<long> BehindAsync(UserSession session, TokenOrigin origin, CancellationToken cancellationToken)
    {
        List<BarrierSubject> concerned = [subjects.Everybody, subjects.User(session.UserId)];
        if (origin.Address is { } address)
        {
            var (exactly, around) = subjects.From(address);
            concerned.AddRange([exactly, around]);
        }

        return await barriers.BehindAsync(concerned, cancellationToken);
    }

    private IQueryable<UserSession> LiveOf(IQuerySession session, UserId user)
    {
        var now = clock.Now;
        return session.Query<UserSession>().Where(each => each.UserId == user && each.EndedAt == null && each.EndsAt > now)
            .OrderByDescending(each => each.CreatedAt).Take(ShownMax);
    }

    private static DateTimeOffset HourOf(DateTimeOffset time) => new(time.Year, time.Month, time.Day, time.Hour, 0, 0, time.Offset);

    private static string Shortened(string device) => device.Length <= DeviceLengthMax ? device : device[..DeviceLengthMax];
}
