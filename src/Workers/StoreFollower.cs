using Npgsql;
using Platform.Projections;

namespace Platform.Workers;

/// <summary>
/// Follows something in the store on a connection of its own: told of each change within milliseconds, and asking twice a
/// second, so that a lost notification costs half a second and staleness is measured, not hoped for. It has a thread of its
/// own too, and no request can take its connection away.
/// </summary>
/// <param name="channel">Where PostgreSQL notifies of changes.</param>
internal sealed class StoreFollower(StoreAddress store, string channel, TimeProvider time)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks once, before anything relies on the answer.</summary>
    public async Task AskAsync(Action<NpgsqlConnection> ask, CancellationToken cancellationToken)
    {
        await using var connection = store.OfItsOwn();
        await connection.OpenAsync(cancellationToken);
        ask(connection);
    }

    /// <summary>Until it is stopped; a connection that breaks is made anew.</summary>
    /// <param name="ask">Reads all that is new, on a connection that is open.</param>
    /// <param name="told">Takes a notification; true when it does not say enough, and the store is to be asked.</param>
    /// <param name="lost">Is told why the connection broke.</param>
    public Task FollowAsync(
        Action<NpgsqlConnection> ask, Func<string, bool> told, Action<string> lost, CancellationToken stop) =>
        Task.Factory.StartNew(() => Follow(ask, told, lost, stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Follow(Action<NpgsqlConnection> ask, Func<string, bool> told, Action<string> lost, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Listen(ask, told, stop);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                lost(error.Message);
                stop.WaitHandle.WaitOne(Pause);
            }
        }
    }

    private void Listen(Action<NpgsqlConnection> ask, Func<string, bool> told, CancellationToken stop)
    {
        using var connection = store.OfItsOwn();
        connection.Open();
        var isBehind = false;
        connection.Notification += (_, notification) => isBehind |= told(notification.Payload);
        using (var listen = new NpgsqlCommand($"listen {channel}", connection))
            listen.ExecuteNonQuery();
        while (!stop.IsCancellationRequested)
        {
            isBehind = false;
            ask(connection);
            var asked = time.GetTimestamp();
            while (!isBehind && Heartbeat - time.GetElapsedTime(asked) is var rest && rest >= TimeSpan.FromMilliseconds(1))
                connection.Wait(rest);
        }
    }
}
