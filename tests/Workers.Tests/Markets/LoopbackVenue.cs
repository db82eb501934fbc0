using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform.Workers.Tests.Markets;

/// <summary>A venue on loopback that says what the test has it say: what no well-behaved venue can be made to say.</summary>
internal sealed class LoopbackVenue : IAsyncDisposable
{
    private readonly WebApplication server;

    private LoopbackVenue(WebApplication server) => this.server = server;

    /// <summary>Every call that came in, in order: method, path with query, body.</summary>
    public ConcurrentQueue<(string Method, string Target, string Body)> Calls { get; } = new();

    public Uri Address { get; private set; } = new("http://localhost");

    public static async Task<LoopbackVenue> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var venue = new LoopbackVenue(builder.Build());
        venue.server.UseWebSockets();
        venue.server.Run(async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
            venue.Calls.Enqueue((context.Request.Method, context.Request.Path + context.Request.QueryString, body));
            if (context.Request.Path == "/api/v3/time")
                await context.Response.WriteAsync("""{"serverTime":1499827319559}""", context.RequestAborted);
            else
                await answer(context);
        });
        await venue.server.StartAsync();
        venue.Address = new(venue.server.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return venue;
    }

    /// <summary>Says the same to every call.</summary>
    public static Task<LoopbackVenue> SayingAsync(int status, string body) => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    });

    public int CallsTo(string path) => Calls.Count(call => call.Target.StartsWith(path, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await server.StopAsync(atOnce.Token);
        await server.DisposeAsync();
    }
}
