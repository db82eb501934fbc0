using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform.Projections;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Markets.History;

namespace Platform.Workers.Tests.Markets.Aggregation;

/// <summary>The room with its cold path over a database and a journal that outlive it.</summary>
internal sealed class ColdHost : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cold-host-");
    private readonly LoopbackVenue loopback;

    private ColdHost(string connection, CountingVenue venue, LoopbackVenue loopback) =>
        (Connection, Venue, this.loopback) = (connection, venue, loopback);

    public string Connection { get; }

    public CountingVenue Venue { get; }

    public string JournalFolder => Path.Combine(folder.FullName, "journal");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ColdHost> MakeAsync(int tradesPerSecond, Func<long, DateTimeOffset>? dated = null)
    {
        var connection = await TestDatabase.CreateAsync("cold_host");
        using (var store = Marten.DocumentStore.For(options => options.UsePlatform(connection)))
            await PlatformSchema.ApplyAsync(store, Cancel);
        var venue = new CountingVenue(tradesPerSecond, dated);
        return new(connection, venue, await LoopbackVenue.StartAsync(venue.AnswerAsync));
    }

    /// <summary>A life of the process; the next one may begin when it has ended.</summary>
    public async Task<IHost> StartAsync(string batchPeriod)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:Venue:RestUrl"] = loopback.Address.ToString(),
            ["Platform:Venue:StreamUrl"] = new UriBuilder(loopback.Address) { Scheme = "ws" }.Uri.ToString(),
            ["Platform:Venue:Watch:0"] = "BTC-USDT",
            ["Platform:Aggregation:BatchPeriod"] = batchPeriod,
            ["Platform:Aggregation:Shards"] = "2",
            // What is told of the past is not dropped while it is looked at.
            ["Platform:Retention:Seconds"] = "365.00:00:00",
            ["Platform:Retention:Minutes"] = "365.00:00:00",
            ["Platform:Retention:FiveMinutes"] = "365.00:00:00",
        });
        builder.Services.AddPlatformStore(Connection);
        builder.AddColdPath(JournalFolder);
        builder.AddMarkets();
        builder.AddMarketHistory();
        var host = builder.Build();
        await host.StartAsync(Cancel);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await loopback.DisposeAsync();
        await TestDatabase.DropAsync(Connection);
        folder.Delete(recursive: true);
    }
}
