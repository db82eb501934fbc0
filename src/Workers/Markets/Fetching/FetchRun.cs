using Npgsql;
using Platform.Domain.Markets.Fetching;
using Platform.Projections;

namespace Platform.Workers.Markets.Fetching;

/// <summary>One run of a fetcher: its calls one by one, each answer kept before the next is asked for.</summary>
public sealed class FetchRun(FetchBudgets budgets, FactTable table, TimeProvider time)
{
    /// <summary>A run that takes longer is broken off; what it has kept stays.</summary>
    public static readonly TimeSpan LengthMax = TimeSpan.FromMinutes(2);

    // What a source or a parser says can be long, and is shown in a list.
    private const int DetailMax = 300;

    /// <exception cref="LeaseLostException">The run took longer than its lease.</exception>
    /// <exception cref="OperationCanceledException">The process ends.</exception>
    public async Task<FetchOutcome> RunAsync(IFetcher fetcher, FetchLease lease, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(LengthMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var tally = new Tally();
        try
        {
            await AskAllAsync(fetcher, lease, tally, either.Token);
        }
        catch (FetchException error)
        {
            tally.Fail(error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            tally.Fail(new(FetchFault.Timeout, $"The run was broken off after {LengthMax}."));
        }
        // A fetcher that trips hinders neither the others nor the node. What the store or the lease says is not its doing.
        catch (Exception error) when (error is not (OperationCanceledException or NpgsqlException or LeaseLostException) && !error.IsStoreOutage)
        {
            tally.Fail(new(FetchFault.Broken, Shortened($"{error.GetType().Name}: {error.Message}"), cause: error));
        }

        return tally.Outcome;
    }

    private async Task AskAllAsync(IFetcher fetcher, FetchLease lease, Tally tally, CancellationToken cancellationToken)
    {
        foreach (var call in await fetcher.PlanAsync(new(lease.Position, time.GetUtcNow()), cancellationToken))
            try
            {
                await budgets.TakeAsync(fetcher.Terms.Budget, cancellationToken);
                tally.Calls++;
                var body = await call.AskAsync(cancellationToken);
                await KeepAsync(fetcher, lease, new(call.About, body, Now()), call.PositionAfter, tally, cancellationToken);
            }
            // What is said of one thing may be had though another is not; but nothing is passed over.
            catch (FetchException error) when (!error.ConcernsAll && !call.IsInOrder)
            {
                tally.Fail(error);
            }
    }

    private async Task KeepAsync(
        IFetcher fetcher, FetchLease lease, RawAnswer raw, Func<RawAnswer, string>? positionAfter, Tally tally, CancellationToken cancellationToken)
    {
        var parsed = Read(fetcher, raw, out var unreadable);
        var count = await table.SaveAsync(fetcher.Terms, lease, raw, parsed, unreadable is null ? positionAfter?.Invoke(raw) : null, cancellationToken);
        if (unreadable is not null)
            throw unreadable;
        tally.Add(parsed!, count);
    }

    internal static ParsedFacts? Read(IFetcher fetcher, RawAnswer raw, out FetchException? unreadable)
    {
        unreadable = null;
        try
        {
            return fetcher.Parse(raw);
        }
        // A parser does nothing but read; whatever it trips over is something that a stranger wrote.
        catch (Exception error)
        {
            var detail = error is FetchException ? error.Message : $"{raw.About}: {error.GetType().Name}: {error.Message}";
            unreadable = new((error as FetchException)?.Fault ?? FetchFault.Unreadable, Shortened(detail), cause: error);
            return null;
        }
    }

    private static string Shortened(string detail) => detail.Length <= DetailMax ? detail : detail[..DetailMax];

    // As exact as the store keeps it, so that reading an answer again gives the same.
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private sealed class Tally
    {
        private int facts;
        private int rejected;
        private DateTimeOffset? newest;
        private FetchException? failed;

        public int Calls { get; set; }

        public FetchOutcome Outcome => new(Calls, facts, rejected, newest, failed);

        public void Add(ParsedFacts parsed, int count)
        {
            facts += count;
            rejected += parsed.Rejected.Count;
            foreach (var at in parsed.Facts.Select(fact => fact.At).Where(at => at != Fact.Standing))
                newest = newest is { } known && known >= at ? known : at;
        }

        public void Fail(FetchException error) => failed ??= error;
    }
}
