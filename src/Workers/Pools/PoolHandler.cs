using Marten;
using Platform.Domain.Pools;
using Platform.Domain.Trading;

namespace Platform.Workers.Pools;

/// <summary>Every command of a pool, and of the accounts it brings along.</summary>
public static class PoolHandler
{
    public static async Task HandleAsync(OpenPool command, IDocumentSession session, CancellationToken cancellationToken)
    {
        var stream = await session.Events.FetchForWriting<Pool>(command.PoolId.Value, cancellationToken);
        stream.AppendMany((IEnumerable<object>)PoolDecider.Decide(command, stream.Aggregate).Recorded());
    }

    public static async Task HandleAsync(OpenAccount command, IDocumentSession session, CancellationToken cancellationToken)
    {
        var stream = await session.Events.FetchForWriting<Account>(command.AccountId.Value, cancellationToken);
        stream.AppendMany((IEnumerable<object>)AccountDecider.Decide(command, stream.Aggregate).Recorded());
    }
}
