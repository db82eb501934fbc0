using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Workers.Identity;

/// <summary>The platform's own set-up of a pool; what people ask for comes by <see cref="MemberChanges"/>.</summary>
public static class MembershipHandler
{
    public static Task<Answer> HandleAsync(RaiseMember command, IDocumentSession session, CancellationToken cancellationToken) =>
        session.DecideAsync(command.MembershipId, member => MembershipDecider.Decide(command, member), cancellationToken);
}

/// <summary>How a decision on a membership becomes facts, in the commit of whoever asks.</summary>
public static class MembershipStreams
{
    extension(IDocumentSession session)
    {
        public async Task<Answer> DecideAsync(
            MembershipId id, Func<Membership?, Decision<MembershipEvent>> decide, CancellationToken cancellationToken)
        {
            var stream = await session.Events.FetchForWriting<Membership>(id.Value, cancellationToken);
            return stream.Append(decide(stream.Aggregate));
        }
    }
}
