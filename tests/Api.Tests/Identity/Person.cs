using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Platform.Workers.Identity;
using Wolverine;

namespace Platform.Api.Tests.Identity;

/// <summary>Somebody with an account, who signs in and proves again to be the one, as the app does it.</summary>
public sealed class Person : IDisposable
{
    public const string Password = "correct horse battery staple";

    // Hashing is slow on purpose: once for all.
    private static readonly Lazy<string> PasswordHash = new(() => Passwords.Hash(Password));

    private static int addresses;

    private readonly PlatformHost platform;

    private Person(PlatformHost platform, UserId id)
    {
        (this.platform, Id, Address) = (platform, id, NewAddress());
        Http = Elsewhere.ClientOf(platform.Address, Address);
    }

    public UserId Id { get; }

    public string Email => $"{Id.Value:N}@people.test";

    /// <summary>Where the person's requests come from.</summary>
    public IPAddress Address { get; }

    /// <summary>With the latest token.</summary>
    public HttpClient Http { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A member who is signed in.</summary>
    /// <param name="level">On the platform; a member when null.</param>
    public static async Task<Person> JoinAsync(PlatformHost platform, PlatformLevel? level = null)
    {
        var person = new Person(platform, UserId.From(Guid.CreateVersion7()));
        await person.SendAsync(bus => bus.InvokeAsync(new RegisterUser(person.Id), Cancel));
        await person.SendAsync(bus => bus.InvokeAsync(new VerifyAddress(person.Id), Cancel));
        if (level is not null)
            await person.SendAsync(bus => bus.InvokeAsync(
                new SetUserLevels(person.Id, level, Plan: null, Kyc: null, By: null, PlatformLevel.Architect), Cancel));
        await using var session = platform.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        session.Store(new UserAccount(person.Id, person.Email, PasswordHash.Value));
        await session.SaveChangesAsync(Cancel);
        using var answer = await person.SignInAsync();
        await person.TakeTokenAsync(answer);
        return person;
    }

    public Task JoinPoolAsync(PoolId pool, PoolLevel level) =>
        SendAsync(bus => bus.InvokeForTenantAsync(pool.Tenant, new RaiseMember(pool, Id, level, By: null), Cancel));

    public Task<HttpResponseMessage> SignInAsync(string password = Password, string? code = null) =>
        Http.PostAsJsonAsync("/v1/auth/sign-in", new { email = Email, password, code }, Cancel);

    /// <summary>Goes on with the token of an answer.</summary>
    public async Task TakeTokenAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(answer.IsSuccessStatusCode, body.ToString());
        Http.DefaultRequestHeaders.Authorization = new("Bearer", body.GetProperty("token").GetString());
    }

    public Task<HttpResponseMessage> AskAgainAsync(
        string operation, object payload, string? resource = null, PoolId? pool = null, string? password = Password, string? code = null) =>
        Http.PostAsJsonAsync("/v1/auth/danger", new { operation, resource, poolId = pool?.Value, payload, password, code }, Cancel);

    /// <summary>Proves to be the one and does it, with the same payload.</summary>
    public async Task<HttpResponseMessage> DoAsync(
        string operation, string path, object payload, string? resource = null, PoolId? pool = null, string? code = null)
    {
        using var proven = await AskAgainAsync(operation, payload, resource, pool, code is null ? Password : null, code);
        var token = await proven.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(proven.IsSuccessStatusCode, token.ToString());
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(payload) };
        request.Headers.Add("X-Danger-Token", token.GetProperty("token").GetString());
        return await Http.SendAsync(request, Cancel);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path, Cancel);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(answer.IsSuccessStatusCode, body.ToString());
        return body;
    }

    public void Dispose() => Http.Dispose();

    /// <summary>An address of this machine that nobody else in the tests has: guessing is slowed down by address.</summary>
    internal static IPAddress NewAddress()
    {
        var number = Interlocked.Increment(ref addresses);
        return new([127, 77, (byte)(number >> 8), (byte)number]);
    }

    /// <summary>Nobody yet, at home somewhere else than all others.</summary>
    internal static HttpClient FromAnAddressOfItsOwn(PlatformHost platform) => Elsewhere.ClientOf(platform.Address, NewAddress());

    private async Task SendAsync(Func<IMessageBus, Task> send)
    {
        await using var scope = platform.Services.CreateAsyncScope();
        await send(scope.ServiceProvider.GetRequiredService<IMessageBus>());
    }
}
