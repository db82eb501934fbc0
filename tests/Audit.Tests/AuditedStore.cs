using JasperFx.Events.Daemon;
using Marten;
using Platform.Projections;
using Platform.Workers.Audit;

namespace Platform.Audit.Tests;

/// <summary>The platform's store with the worker that chains it and the one that signs it.</summary>
internal sealed class AuditedStore : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly AuditKey key;

    public AuditedStore(string connection, string keyFolder)
    {
        Store = DocumentStore.For(options =>
        {
            options.UsePlatform(connection);
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
            options.Events.Subscribe(new AuditSubscription());
        });
        key = AuditKey.In(keyFolder);
        Signing = new(Store.Storage.Database.Connections, key, TimeProvider.System);
    }

    public DocumentStore Store { get; }

    public CheckpointWriter Signing { get; }

    /// <summary>Runs projections and chain until they have seen every event, then signs all.</summary>
    public async Task CatchUpAsync()
    {
        using (var daemon = await Store.BuildProjectionDaemonAsync())
        {
            await daemon.StartAllAsync();
            await daemon.WaitForNonStaleData(Longest);
            await daemon.StopAllAsync();
        }

        while (await Signing.SignAsync(CancellationToken.None))
        {
            // There may be more.
        }
    }

    /// <summary>Chains and signs until the process is killed.</summary>
    public async Task ChainForeverAsync()
    {
        using var daemon = await Store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await timer.WaitForNextTickAsync())
        {
            await Signing.SignAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        key.Dispose();
        await Store.DisposeAsync();
    }
}
