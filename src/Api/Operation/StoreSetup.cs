using Marten;
using Platform.Projections;

namespace Platform.Api.Operation;

/// <summary>Brings the database to its shape, with the triggers that keep history as it was, before anything else starts.</summary>
public sealed class StoreSetup(IDocumentStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => PlatformSchema.ApplyAsync(store, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
