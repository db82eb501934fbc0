using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Api.Lists;
using Platform.Api.Identity;
using Platform.Api.Realtime;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Identity;
using Platform.Tests.Support;
using Platform.Workers.Identity;
using Platform.Workers.Secrets;

namespace Platform.Api.Tests.Identity;

/// <summary>Two web nodes on one database and one key folder: identity as it is, and one operation that cannot be taken back.</summary>
public sealed class WebCluster : IAsyncLifetime
{
    public const string Password = "canary-password-19d2";

    private static readonly string PasswordHash = Passwords.Hash(Password);

    private readonly string folder = Directory.CreateTempSubdirectory("web-cluster-").FullName;

    public string KeyFolder => folder;

    public string Connection { get; private set; } = "";

    public WebNode One { get; private set; } = null!;

    public WebNode Other { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Connection = await TestDatabase.CreateAsync("web_identity");
        await using var store = DocumentStore.For(options => options.UsePlatform(Connection));
        await PlatformSchema.ApplyAsync(store, CancellationToken.None);
        await ExecuteAsync("create table platform.withdrawn (id text not null)");
        KeyEncryptionKey.MakeIn(folder);
        One = await WebNode.StartAsync(Connection, folder);
        Other = await WebNode.StartAsync(Connection, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
        await TestDatabase.DropAsync(Connection);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Somebody who may sign in and owns a pool.</summary>
    public async Task<WebUser> AddUserAsync()
    {
        var user = UserId.From(Guid.CreateVersion7());
        await using var session = One.Store.LightweightSession();
        session.Store(new UserAccount(user, $"{user}@platform.test", PasswordHash));
        session.Events.StartStream<User>(user.Value, new UserRegistered(user), new AddressVerified(user));
        await session.SaveChangesAsync(Cancel);
        return new(user, await AddPoolAsync(user));
    }

    /// <summary>One more pool that the person owns.</summary>
    public async Task<PoolId> AddPoolAsync(UserId user)
    {
        var pool = PoolId.From(Guid.CreateVersion7());
        var member = MembershipId.For(pool, user);
        await using var session = One.Store.LightweightSession(pool.Tenant);
        session.Events.StartStream<Membership>(member.Value, new MemberAdded(member, pool, user, PoolLevel.Owner));
        await session.SaveChangesAsync(Cancel);
        return pool;
    }

    /// <summary>How often a withdrawal took effect.</summary>
    public async Task<long> EffectsAsync(string withdrawal)
    {
        await using var store = NpgsqlDataSource.Create(Connection);
        await using var command = store.CreateCommand("select count(*) from platform.withdrawn where id = $1");
        command.Parameters.AddWithValue(withdrawal);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var store = NpgsqlDataSource.Create(Connection);
        await using var command = store.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}

/// <summary>A person with a pool.</summary>
public sealed record WebUser(UserId Id, PoolId Pool)
{
    public string Email => $"{Id}@platform.test";
}

/// <summary>What the person sees and agrees to.</summary>
public sealed record Withdrawal(string Asset, string Network, string Amount, string Address, string? Memo, string FeeMax);

/// <summary>One node on a port of its own.</summary>
public sealed class WebNode : IAsyncDisposable
{
    /// <summary>The commit of a withdrawal with this header fails after all its work.</summary>
    public const string FailHeader = "X-Fail";

    private readonly WebApplication app;

    private WebNode(WebApplication app) => this.app = app;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IDocumentStore Store => Of<IDocumentStore>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<WebNode> StartAsync(string connection, string keyFolder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Random.Shared);
        builder.Services.AddPlatformStore(connection);
        builder.AddSecrets(keyFolder);
        builder.Services.AddIdentity(builder.Configuration, keyFolder);
        builder.Services.AddUsers(builder.Configuration, keyFolder);
        builder.Services.ConfigureHttpJsonOptions(http => http.SerializerOptions.UsePlatform());
        builder.Services.AddPlatformProblems();
        builder.Services.AddIdentityRoom();
        builder.Services.AddLists(keyFolder);
        builder.Services.AddRealtime();
        builder.Services.AddTopicRights();
        var built = builder.Build();
        built.UseRayId();
        built.UseExceptionHandler();
        built.UseStatusCodePages();
        built.UseAuthentication();
        built.UsePermissions();
        built.MapSignIn();
        built.MapSessions();
        built.MapDanger();
        built.MapRealtime();
        built.MapPost("/v1/pools/{poolId:guid}/withdrawals/{withdrawalId}", TakeAsync)
            .AsksAgain<Withdrawal>(PoolPermissions.RequestWithdrawal, resource: "withdrawalId");
        built.MapPost("/v1/pools/{poolId:guid}/whitelist/{withdrawalId}", TakeAsync)
            .AsksAgain<Withdrawal>(PoolPermissions.AddWhitelistEntry, resource: "withdrawalId");
        // What runs in it outlives the test that started it.
        await built.StartAsync(CancellationToken.None);
        return new(built);
    }

    public T Of<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public async Task<string> SignInAsync(WebUser user) =>
        (await Of<Sessions>().OpenAsync(new(user.Id, ProofMethods.Password, "a test", default), Cancel)).Text;

    /// <summary>Asks again, as the page does.</summary>
    public async Task<HttpResponseMessage> AskAsync(
        string token, WebUser user, string withdrawal, Withdrawal payload, string? password = WebCluster.Password, string operation = "withdrawals.request")
    {
        using var client = Client(token);
        return await client.PostAsJsonAsync(
            "/v1/auth/danger", new { operation, resource = withdrawal, poolId = user.Pool.Value, payload, password }, Cancel);
    }

    public async Task<string> DangerTokenAsync(string token, WebUser user, string withdrawal, Withdrawal payload)
    {
        using var answer = await AskAsync(token, user, withdrawal, payload);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(answer.IsSuccessStatusCode, body.ToString());
        return body.GetProperty("token").GetString()!;
    }

    public async Task<HttpResponseMessage> WithdrawAsync(
        string token, string? danger, WebUser user, string withdrawal, object payload, string place = "withdrawals", bool isFailing = false)
    {
        using var client = Client(token);
        if (danger is not null)
            client.DefaultRequestHeaders.Add(AsksAgain.Header, danger);
        if (isFailing)
            client.DefaultRequestHeaders.Add(FailHeader, "1");
        return await client.PostAsJsonAsync($"/v1/pools/{user.Pool}/{place}/{withdrawal}", payload, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private static async Task<NoContent> TakeAsync(
        string withdrawalId, Danger<Withdrawal> asked, HttpContext http, IDocumentStore store, TimeProvider time)
    {
        await using var session = store.LightweightSession();
        session.Spend(asked.Token, time);
        session.QueueSqlCommand("insert into platform.withdrawn (id) values (?)", withdrawalId);
        if (http.Request.Headers.ContainsKey(FailHeader))
            session.QueueSqlCommand("select 1 / 0");
        await session.SaveChangesAsync(http.RequestAborted);
        return TypedResults.NoContent();
    }
}
