using Marten;
using Platform.Projections;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Markets;

/// <summary>A database with the tables of market data and nothing else.</summary>
public sealed class MarketDatabase : IAsyncLifetime
{
    public string Connection { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Connection = await TestDatabase.CreateAsync("markets");
        await using var store = DocumentStore.For(options => options.UsePlatform(Connection));
        await PlatformSchema.ApplyTablesAsync(store, CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await TestDatabase.DropAsync(Connection);
}
