using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Workers.Identity;

/// <summary>The commands of a user that touch nothing but the user's own stream.</summary>
public static class UserHandler
{
    public static Task<Answer> HandleAsync(RegisterUser command, IDocumentSession session, CancellationToken cancellationToken) =>
        session.DecideAsync(command.UserId, user => UserDecider.Decide(command, user), cancellationToken);

    public static Task<Answer> HandleAsync(VerifyAddress command, IDocumentSession session, CancellationToken cancellationToken) =>
        session.DecideAsync(command.UserId, user => UserDecider.Decide(command, user), cancellationToken);

    public static Task<Answer> HandleAsync(SetUserLevels command, IDocumentSession session, CancellationToken cancellationToken) =>
        session.DecideAsync(command.UserId, user => UserDecider.Decide(command, user), cancellationToken);
}

/// <summary>How a decision on a user becomes facts, in the commit of whoever asks.</summary>
public static class UserStreams
{
    extension(IDocumentSession session)
    {
        public async Task<Answer> DecideAsync(
            UserId id, Func<User?, Decision<UserEvent>> decide, CancellationToken cancellationToken)
        {
            var stream = await session.Events.FetchForWriting<User>(id.Value, cancellationToken);
            return stream.Append(decide(stream.Aggregate));
        }
    }
}
