using Microsoft.AspNetCore.Builder;
using Platform.PaperVenue.Running;

namespace Platform.PaperVenue.Tests.Protocol;

/// <summary>A whole venue on a free loopback port, in a folder of its own.</summary>
internal sealed class RunningVenue : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningVenue(WebApplication app, string folder)
    {
        this.app = app;
        Address = new(app.Urls.Single());
        Client = new(Address, folder);
    }

    public Uri Address { get; }

    public VenueClient Client { get; }

    public static string NewFolder() => Directory.CreateTempSubdirectory("venue-").FullName;

    public static Task<RunningVenue> StartAsync() => StartAsync(VenueOptions.Usual with { Folder = NewFolder() });

    public static async Task<RunningVenue> StartAsync(VenueOptions options)
    {
        var starting = await VenueHost.BuildAsync(options with { Port = 0 }, TimeProvider.System);
        await starting.StartAsync(TestContext.Current.CancellationToken);
        return new(starting, options.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

/// <summary>One venue for all tests of a class that leave nothing behind which another could trip over.</summary>
public sealed class SharedVenue : IAsyncLifetime
{
    internal RunningVenue Venue { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Venue = await RunningVenue.StartAsync();

    public ValueTask DisposeAsync() => Venue.DisposeAsync();
}
