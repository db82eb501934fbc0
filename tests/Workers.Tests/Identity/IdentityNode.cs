using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Domain.Identity;
using Platform.Projections;
using Platform.Projections.Identity;
using Platform.Tests.Support;
using Platform.Workers.Identity;

namespace Platform.Workers.Tests.Identity;

/// <summary>A database and a key folder, and as many nodes on them as a test starts, each with a clock of its own.</summary>
public sealed class IdentityCluster : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("cluster-").FullName;

    public string Connection { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Connection = await TestDatabase.CreateAsync("identity");
        await using var store = DocumentStore.For(options => options.UsePlatform(Connection));
        await PlatformSchema.ApplyAsync(store, CancellationToken.None);
    }

    /// <param name="skew">How far ahead its clock is.</param>
    /// <param name="poolMax">How many connections all but the barriers share.</param>
    internal async Task<IdentityNode> AddNodeAsync(TimeSpan skew = default, int poolMax = 100)
    {
        var node = new IdentityNode($"{Connection};Maximum Pool Size={poolMax}", folder, skew);
        // What runs in it outlives whatever started it.
        await node.StartAsync(CancellationToken.None);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await TestDatabase.DropAsync(Connection);
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Everything of identity that a node has, without the web in front of it.</summary>
internal sealed class IdentityNode : IAsyncDisposable
{
    private readonly IHost host;

    public IdentityNode(string connection, string keyFolder, TimeSpan skew)
    {
        Time = new() { Skew = skew };
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton(Random.Shared);
        builder.Services.AddPlatformStore(connection);
        builder.Services.AddIdentity(new ConfigurationBuilder().Build(), keyFolder);
        host = builder.Build();
    }

    public SkewedTime Time { get; }

    public IDocumentStore Store => Of<IDocumentStore>();

    public Barriers Barriers => Of<Barriers>();

    public BarrierSubjects Subjects => Of<BarrierSubjects>();

    public Sessions Sessions => Of<Sessions>();

    public TokenVerifier Verifier => Of<TokenVerifier>();

    public TokenIssuer Issuer => Of<TokenIssuer>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public T Of<T>() where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Until its clock is known for what it is: the first answer of a busy store may have taken long.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await host.StartAsync(cancel);
        await Eventually.IsTrueAsync(
            "the clock is known", TimeSpan.FromSeconds(60),
            _ => Task.FromResult(Of<PlatformClock>().Skew is { } skew && (skew - Time.Skew).Duration() < TimeSpan.FromMilliseconds(100)), cancel);
    }

    /// <summary>Somebody who may sign in.</summary>
    public async Task<UserId> AddUserAsync()
    {
        var user = UserId.From(Guid.CreateVersion7());
        await using var session = Store.LightweightSession();
        session.Store(new UserAccount(user, $"{user}@platform.test", "none"));
        session.Events.StartStream<User>(user.Value, new UserRegistered(user), new AddressVerified(user));
        await session.SaveChangesAsync(Cancel);
        return user;
    }

    public async Task<string> SignInAsync(UserId user) =>
        (await Sessions.OpenAsync(new(user, ProofMethods.Password, "a test", default), Cancel)).Text;

    /// <summary>The token as this node believes it; fails when it does not.</summary>
    public OuterToken Believe(string token)
    {
        var check = Verifier.Outer(token, default);
        Assert.True(check.Token is not null, check.Fault?.ToString());
        return check.Token;
    }

    public TokenFault? FaultOf(string token) => Verifier.Outer(token, default).Fault;

    /// <summary>Raises barriers in one commit of their own.</summary>
    public async Task RaiseAsync(params IReadOnlyList<BarrierSubject> subjects)
    {
        await using var session = Store.LightweightSession();
        await session.RaiseBarriersAsync(subjects, BarrierCause.Abuse, Cancel);
        await session.SaveChangesAsync(Cancel);
    }

    /// <summary>Until the node refuses the token because of a barrier.</summary>
    public Task BarsAsync(string token, TimeSpan within) => Eventually.IsTrueAsync(
        "the token is barred", within, _ => Task.FromResult(FaultOf(token) is TokenFault.Barred), Cancel);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
