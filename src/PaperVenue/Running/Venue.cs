using System.Threading.Channels;
using Platform.PaperVenue.Matching;
using Platform.PaperVenue.Persistence;
using Platform.PaperVenue.Protocol;
using Platform.PaperVenue.Streams;

namespace Platform.PaperVenue.Running;

/// <summary>
/// The single writer. It takes commands one after the other, stores a whole batch of them in one transaction, and
/// only then publishes what happened and answers: nobody ever hears of what a crash could still undo.
/// </summary>
public sealed class Venue(
    MatchingEngine engine, Sequences sequences, VenueStore store, Publisher publisher, TimeProvider clock)
    : BackgroundService
{
    private const int QueueCapacity = 10_000;
    private const int BatchLimit = 256;

    private readonly Channel<Work> queue = Channel.CreateBounded<Work>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true });

    private readonly List<Work> batch = new(BatchLimit);
    private readonly Changes changes = new();
    private long lastAt;

    /// <summary>Unix milliseconds by the venue's clock.</summary>
    public long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<Outcome> PlaceAsync(NewOrder order) => AskAsync((books, at) => books.Place(order, at));

    public Task<Outcome> CancelAsync(CancelOrder cancel) => AskAsync((books, at) => books.Cancel(cancel, at));

    /// <summary>Null when the order would be taken.</summary>
    public async Task<Refusal?> TestAsync(NewOrder order) =>
        (await AskAsync((books, _) => new(null, books.Test(order), []))).Refusal;

    /// <summary>Runs the house's own business; waits when the queue is full, so that users go first.</summary>
    public async Task RunAsync(
        Func<MatchingEngine, long, IReadOnlyList<Outcome>> command, CancellationToken cancellationToken)
    {
        var work = new Work(command);
        await queue.Writer.WriteAsync(work, cancellationToken);
        await work.Done.Task.WaitAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        store.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var stopping = stoppingToken.Register(() => queue.Writer.TryComplete());
        try
        {
            // No token here: what was taken into the queue is finished and answered before the venue stops.
            while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
                RunBatch();
        }
        catch (Exception failure)
        {
            // The books are ahead of the store now. The process ends, and starts again from the store.
            queue.Writer.TryComplete(failure);
            foreach (var work in batch)
                work.Done.TrySetException(failure);
            while (queue.Reader.TryRead(out var waiting))
                waiting.Done.TrySetException(failure);
            Environment.ExitCode = 1;
            throw;
        }
    }

    private async Task<Outcome> AskAsync(Func<MatchingEngine, long, Outcome> command)
    {
        var work = new Work((books, at) => [command(books, at)]);
        if (!queue.Writer.TryWrite(work))
            return Outcome.Refused(Refusals.Overloaded);
#pragma warning disable VSTHRD003 // The writer always ends what it took, even when it fails: no deadlock.
        return (await work.Done.Task)[0];
#pragma warning restore VSTHRD003
    }

    private void RunBatch()
    {
        batch.Clear();
        changes.Clear();
        var publications = new List<Publication>();
        while (batch.Count < BatchLimit && queue.Reader.TryRead(out var work))
        {
            batch.Add(work);
            // A clock that steps back must not turn trades around.
            lastAt = Math.Max(lastAt, Now);
            work.Outcomes = work.Command(engine, lastAt);
            foreach (var events in work.Outcomes.Select(outcome => outcome.Events))
            {
                changes.Add(events);
                publications.Add(Publication.Of(events, sequences.Executions, lastAt));
            }
        }

        foreach (var raised in sequences.All.Where(sequence => sequence.RaiseCeiling()))
            changes.Add(raised);
        if (!changes.IsEmpty)
            store.Commit(changes);
        foreach (var publication in publications)
            publisher.Publish(publication);
        foreach (var work in batch)
            work.Done.SetResult(work.Outcomes);
    }

    private sealed class Work(Func<MatchingEngine, long, IReadOnlyList<Outcome>> command)
    {
        public Func<MatchingEngine, long, IReadOnlyList<Outcome>> Command => command;

        public IReadOnlyList<Outcome> Outcomes { get; set; } = [];

        public TaskCompletionSource<IReadOnlyList<Outcome>> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
