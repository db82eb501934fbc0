using System.Net;
using System.Text;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Api.Idempotency;
using Platform.Domain.Pools;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Idempotency;
using Platform.Tests.Support;
using Platform.Workers.Idempotency;

namespace Platform.Api.Tests.Idempotency;

/// <summary>The gate before endpoints that use the store directly, each with its own way of misbehaving.</summary>
public sealed class KeyedHost : IAsyncLifetime
{
    private WebApplication app = null!;

    public IDocumentStore Store => app.Services.GetRequiredService<IDocumentStore>();

    public IdempotencyRecords Records => app.Services.GetRequiredService<IdempotencyRecords>();

    private string Connection { get; set; } = "";

    private HttpClient Http { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Connection = await TestDatabase.CreateAsync("keys");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPlatformStore(Connection);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IdempotencyRecords>();
        builder.Services.AddIdempotency(Path.Combine(AppContext.BaseDirectory, "keys"));
        builder.Services.AddPlatformProblems();
        app = builder.Build();
        await PlatformSchema.ApplyAsync(Store, CancellationToken.None);
        app.UseExceptionHandler();
        app.UseMiddleware<IdempotencyGate>();
        app.MapPost("/pools", OpenAsync);
        app.MapPost("/secret", async (IDocumentStore store, HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            await OpenAsync(store);
            return Results.Ok("the secret");
        });
        app.MapPost("/fails-before", (Func<Task<IResult>>)(() => throw new InvalidOperationException("Before the commit.")));
        app.MapPost("/fails-after", async (IDocumentStore store) =>
        {
            await OpenAsync(store);
            throw new InvalidOperationException("After the commit.");
        });
        app.MapPost("/refuses", () => Problems.From(new Refusal("not_now", "Not now.")));
        app.MapPost("/nothing", () => Results.NoContent());
        app.MapPost("/again", OpenAsync).TakesKey(IdempotencyKey.OfMoney);
        await app.StartAsync(CancellationToken.None);
        Http = new() { BaseAddress = new(app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        await TestDatabase.DropAsync(Connection);
    }

    /// <summary>Status and body; the body alone tells whether it is the first answer.</summary>
    public async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string? key, string body = "{}")
    {
        using var answer = await SendAsync(path, key, body);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task<HttpResponseMessage> SendAsync(string path, string? key, string body = "{}")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>How often anything took effect.</summary>
    public async Task<long> EffectsAsync()
    {
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select count(*) from platform.mt_events where type <> 'tombstone'", connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>As it is between the commit and the answer.</summary>
    public async Task LoseAnswersAsync(TimeSpan ago)
    {
        await using var session = Store.LightweightSession();
        foreach (var record in await session.Query<IdempotencyRecord>().ToListAsync(TestContext.Current.CancellationToken))
            session.Store(record with { Answer = null, RecordedAt = TimeProvider.System.GetUtcNow() - ago });
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    // A new pool each time it is carried out.
    private static async Task<IResult> OpenAsync(IDocumentStore store)
    {
        var pool = PoolId.From(Guid.CreateVersion7());
        await using var session = store.LightweightSession(pool.Tenant);
        session.Events.StartStream<Pool>(pool.Value, new PoolOpened(pool, "A pool", Asset.From("USDT")));
        await session.SaveChangesAsync();
        return Results.Created($"/pools/{pool}", new { pool = pool.ToString() });
    }
}
