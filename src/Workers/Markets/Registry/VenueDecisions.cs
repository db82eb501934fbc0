using Marten;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;
using Platform.Workers.Identity;

namespace Platform.Workers.Markets.Registry;

/// <summary>What people decide about venues. Each is one commit: the fact, and the use of the danger token.</summary>
public sealed class VenueDecisions(IDocumentStore store, TimeProvider time)
{
    /// <summary>Stops an activity on every node, within a second of the commit.</summary>
    /// <param name="token">Null when an operator does it, who has the database anyway.</param>
    public Task<Answer> KillAsync(
        DangerToken? token, VenueId venue, VenueActivity activity, string reason, CancellationToken cancellationToken) =>
        DecideAsync(token, venue, entry => VenueEntryDecider.Decide(new KillVenue(venue, activity, reason, time.GetUtcNow()), entry), cancellationToken);

    /// <param name="token">Null when an operator does it, who has the database anyway.</param>
    public Task<Answer> ReviveAsync(
        DangerToken? token, VenueId venue, VenueActivity activity, string reason, CancellationToken cancellationToken) =>
        DecideAsync(token, venue, entry => VenueEntryDecider.Decide(new ReviveVenue(venue, activity, reason, time.GetUtcNow()), entry), cancellationToken);

    public Task<Answer> CorrectAsync(DangerToken token, VenueId venue, CapabilityFlag flag, CancellationToken cancellationToken) =>
        DecideAsync(token, venue, entry => VenueEntryDecider.Decide(new CorrectCapability(venue, flag), entry), cancellationToken);

    public Task<Answer> CorrectAsync(DangerToken token, VenueId venue, VenueFees fees, CancellationToken cancellationToken) =>
        DecideAsync(token, venue, entry => VenueEntryDecider.Decide(new CorrectVenueFees(venue, fees), entry), cancellationToken);

    /// <summary>What the exchange said of rules to come, ahead of its own list.</summary>
    public async Task<Answer> AnnounceAsync(DangerToken token, AnnounceRules announced, CancellationToken cancellationToken)
    {
        await using var session = Open(token);
        var stream = await session.Events.FetchForWriting<ListedInstrument>(
            ListedInstrumentId.For(announced.VenueId, announced.Market).Value, cancellationToken);
        var answer = stream.Append(ListedInstrumentDecider.Decide(announced, stream.Aggregate));
        if (answer.Refusal is null)
            await session.SaveChangesAsync(cancellationToken);
        return answer;
    }

    private async Task<Answer> DecideAsync(
        DangerToken? token, VenueId venue, Func<VenueEntry?, Decision<VenueEntryEvent>> decide, CancellationToken cancellationToken)
    {
        await using var session = Open(token);
        var stream = await session.Events.FetchForWriting<VenueEntry>(VenueEntryId.For(venue).Value, cancellationToken);
        var answer = stream.Append(decide(stream.Aggregate));
        if (answer.Refusal is not null)
            return answer;

        session.QueueSqlCommand(KillSwitchFollower.Notify);
        await session.SaveChangesAsync(cancellationToken);
        return answer;
    }

    private IDocumentSession Open(DangerToken? token)
    {
        var session = store.LightweightSession();
        session.LastModifiedBy = token?.UserId.ToString();
        if (token is not null)
            session.Spend(token, time);
        return session;
    }
}
