using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Domain.Identity;
using Platform.Projections;
using Platform.Workers.Identity;

namespace Platform.Benchmarks.Identity;

/// <summary>Everything of identity that a node has, on a database that has its tables.</summary>
public sealed class IdentityStand : IAsyncDisposable
{
    private readonly IHost host;

    private IdentityStand(IHost host) => this.host = host;

    public static async Task<IdentityStand> StartAsync(string connection, string keyFolder, CancellationToken cancel)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Random.Shared);
        builder.Services.AddPlatformStore(connection);
        builder.Services.AddIdentity(new ConfigurationBuilder().Build(), keyFolder);
        var built = builder.Build();
        await built.StartAsync(cancel);
        return new(built);
    }

    public T Of<T>() where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>A person's token, for somebody who just registered.</summary>
    public async Task<string> SignInAsync(CancellationToken cancel)
    {
        var user = UserId.From(Guid.CreateVersion7());
        await using var session = Of<IDocumentStore>().LightweightSession();
        session.Events.StartStream<User>(user.Value, new UserRegistered(user), new AddressVerified(user));
        await session.SaveChangesAsync(cancel);
        return (await Of<Sessions>().OpenAsync(new(user, ProofMethods.Password, "bench", default), cancel)).Text;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
