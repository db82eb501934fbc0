using System.Security.Cryptography;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Platform.Tests.Support;
using Platform.Workers.Identity;
using Platform.Workers.Identity.ApiKeys;
using Platform.Workers.Secrets;

namespace Platform.Api.Tests.Identity.Sweep;

/// <summary>A pool with an order, and everybody who may come: with every level on the platform and in the pool, and with nothing good.</summary>
public sealed class SweepStage(PlatformHost platform) : IAsyncLifetime
{
    private static readonly PlatformLevel[] PlatformLevels = Enum.GetValues<PlatformLevel>();
    private static readonly PoolLevel[] PoolLevels = Enum.GetValues<PoolLevel>();

    private readonly List<SweepCaller> callers = [];
    private readonly List<SweepCaller> partners = [];
    private int addresses;

    /// <summary>Those who ask as people do.</summary>
    internal IReadOnlyList<SweepCaller> Callers => callers;

    /// <summary>Those who ask as partners' programs do.</summary>
    internal IReadOnlyList<SweepCaller> Partners => partners;

    /// <summary>What stands in addresses.</summary>
    internal IReadOnlyDictionary<string, string> Values { get; private set; } = new Dictionary<string, string>();

    internal PoolId Pool { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IDocumentStore Store => platform.Services.GetRequiredService<IDocumentStore>();

    public async ValueTask InitializeAsync()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var elsewhere = await Trader.OpenAsync(platform);
        var order = await trader.PlaceAsync(await trader.RestingOrderAsync());
        await Eventually.IsTrueAsync("the order shows", Trader.Patience, async waiting =>
        {
            using var shown = await trader.Http.GetAsync($"{trader.Path}/orders/{order.OrderId}", waiting);
            return shown.IsSuccessStatusCode;
        }, Cancel);
        Pool = trader.Pool;
        Values = new Dictionary<string, string>
        {
            ["poolId"] = $"{Pool}", ["orderId"] = $"{order.OrderId}", ["market"] = Trader.Market, ["asset"] = "BTC", ["exchangeId"] = "gemini", ["chainId"] = "ethereum",
            ["series"] = "market.volume",
            ["documentName"] = "v1",
            ["name"] = Name().Value, ["keyName"] = SweepCall.KeyName,
            ["userId"] = $"{Guid.CreateVersion7()}", ["sessionId"] = $"{Guid.CreateVersion7()}", ["passkeyId"] = $"{Guid.CreateVersion7()}",
        };

        var people = await AddPeopleAsync();
        foreach (var ((platformLevel, poolLevel), user) in people)
            callers.Add(await SignedInAsync($"{platformLevel} {poolLevel}", user, platformLevel, poolLevel));
        callers.Add(await SignedInAsync("Owner of another pool", elsewhere.User, PlatformLevel.Member, PoolLevel.Outsider));
        // Whoever is nobody was as mighty as can be.
        var mightiest = people[(PlatformLevel.Architect, PoolLevel.Owner)];
        await AddNobodiesAsync(mightiest);
        await AddPartnersAsync(people, elsewhere.Pool);
        await AddStrangePartnersAsync(mightiest, (await OpenAsync(mightiest)).Text);
    }

    public ValueTask DisposeAsync()
    {
        callers.ForEach(caller => caller.Dispose());
        partners.ForEach(caller => caller.Dispose());
        return ValueTask.CompletedTask;
    }

    /// <summary>From an address that nobody else of the sweep has: what is counted by network is counted for each.</summary>
    internal HttpClient Client()
    {
        addresses++;
        return Elsewhere.ClientOf(platform.Address, new([127, 88, (byte)(addresses >> 8), (byte)addresses]));
    }

    private static ApiKeyName Name() => ApiKeyNames.Of(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));

    private async Task<Dictionary<(PlatformLevel Platform, PoolLevel Pool), UserId>> AddPeopleAsync()
    {
        var people = PlatformLevels.SelectMany(level => PoolLevels.Select(pool => (level, pool)))
            .ToDictionary(level => level, _ => UserId.From(Guid.CreateVersion7()));
        await using var users = Store.LightweightSession();
        await using var members = Store.LightweightSession(Pool.Tenant);
        foreach (var ((level, pool), user) in people)
        {
            users.Events.StartStream<User>(
                user.Value, new UserRegistered(user), new AddressVerified(user), new PlatformLevelSet(user, level));
            var member = MembershipId.For(Pool, user);
            if (pool is not PoolLevel.Outsider)
                members.Events.StartStream<Membership>(member.Value, new MemberAdded(member, Pool, user, pool));
        }
        await users.SaveChangesAsync(Cancel);
        await members.SaveChangesAsync(Cancel);
        return people;
    }

    private async Task<SweepCaller> SignedInAsync(string name, UserId user, PlatformLevel platformLevel, PoolLevel poolLevel) => new(
        name, Client(), new(platformLevel, poolLevel, Plan.Free, TokenTier.Outer, FeatureGroups.Everything),
        Bearer: (await OpenAsync(user)).Text);

    private async Task AddNobodiesAsync(UserId mightiest)
    {
        var verifier = platform.Services.GetRequiredService<TokenVerifier>();
        var ended = (await OpenAsync(mightiest)).Text;
        var session = verifier.Outer(ended, default).Token!.SessionId;
        Assert.True(await platform.Services.GetRequiredService<Sessions>().EndAsync(mightiest, session, SessionEnding.SignedOut, Cancel));
        var outer = verifier.Outer((await OpenAsync(mightiest)).Text, default).Token!;
        var inner = platform.Services.GetRequiredService<TokenIssuer>().Inner(outer, outer.Scope, "a node", TimeSpan.FromMinutes(5));
        var danger = await DangerTokenAsync(outer);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var expired = Forge.Sign(platform.KeyFolder, Forge.Claims(mightiest.Value, Guid.CreateVersion7()).With("pl", 7)
            .With("exp", now - 31_000).With("iat", now - 60_000));
        var key = ApiKeyText.Of(Name(), RandomNumberGenerator.GetBytes(ApiKeyText.SecretBytes));

        callers.Add(new("no credential", Client(), default, "not_signed_in"));
        foreach (var (name, token) in ((string, string)[])
            [("forged", "v4.public.forged.forged"), ("expired", expired), ("barred", ended), ("inner token", inner.Text),
             ("danger token", danger), ("API key as a token", key)])
            callers.Add(new(name, Client(), default, "token_invalid", token));
        callers.Add(new("API key elsewhere", WithSecret(Client(), await AddKeyAsync(mightiest, Pool, ApiKeyDecider.GroupsMax)), default, "not_signed_in"));
    }

    // A busy machine may be a second behind with the barriers, and then issues none.
    private Task<string> DangerTokenAsync(OuterToken beside) => Eventually.AnswersAsync("a danger token is issued", Trader.Patience, async waiting =>
    {
        try
        {
            var issued = await platform.Services.GetRequiredService<DangerTokens>().IssueAsync(
                beside, new("pools.freeze", "", Pool, ""), new(Origin: default, Password: null, HasPasskey: true), waiting);
            return issued?.Text;
        }
        catch (TokensUnavailableException)
        {
            return null;
        }
    }, Cancel);

    private async Task AddPartnersAsync(Dictionary<(PlatformLevel Platform, PoolLevel Pool), UserId> people, PoolId otherPool)
    {
        // Each ladder with the top of the other: a key's own levels are those of its person, up to what keys may.
        foreach (var ((level, pool), user) in people.Where(each => each.Key.Platform is PlatformLevel.Member or PlatformLevel.Architect || each.Key.Pool is PoolLevel.Owner))
            await AddAsync($"key of {level} {pool}", user, pool: null, ApiKeyDecider.GroupsMax, level, pool, Plan.Free);
        var maker = people[(PlatformLevel.Architect, PoolLevel.Owner)];
        foreach (var group in Enum.GetValues<FeatureGroups>().Where(group => int.IsPow2((int)group) && ApiKeyDecider.GroupsMax.HasFlag(group)))
            await AddAsync($"key for {group} alone", maker, pool: null, group, PlatformLevel.Architect, PoolLevel.Owner, Plan.Free);
        await AddAsync("key of the pool", maker, Pool, ApiKeyDecider.GroupsMax, PlatformLevel.Member, PoolLevel.Trader, Plan.Enterprise);
        await AddAsync("key of another pool", maker, otherPool, ApiKeyDecider.GroupsMax, PlatformLevel.Member, PoolLevel.Outsider, Plan.Enterprise);

        async Task AddAsync(
            string name, UserId user, PoolId? pool, FeatureGroups groups, PlatformLevel platformLevel, PoolLevel poolLevel, Plan plan)
        {
            var key = await AddKeyAsync(user, pool, groups);
            var level = platformLevel < PlatformLevel.Member ? platformLevel : PlatformLevel.Member;
            partners.Add(new(
                name, WithSecret(Client(), key), new(level, poolLevel, plan, TokenTier.Outer, groups), KeyName: NameOf(key)));
        }
    }

    private async Task AddStrangePartnersAsync(UserId mightiest, string token)
    {
        var good = await AddKeyAsync(mightiest, pool: null, ApiKeyDecider.GroupsMax);
        var expired = await AddKeyAsync(mightiest, pool: null, ApiKeyDecider.GroupsMax, life: TimeSpan.FromMinutes(-1));
        var far = await AddKeyAsync(mightiest, pool: null, ApiKeyDecider.GroupsMax, "203.0.113.0/24");
        var unmade = ApiKeyText.Of(Name(), RandomNumberGenerator.GetBytes(ApiKeyText.SecretBytes));
        var revoked = await AddKeyAsync(mightiest, pool: null, ApiKeyDecider.GroupsMax);
        await using (var session = Store.LightweightSession())
        {
            await session.RevokeAsync(new(ApiKeyId.For(ApiKeyName.From(NameOf(revoked))), RevocationCause.Asked), Cancel);
            await session.SaveChangesAsync(Cancel);
        }

        partners.Add(new("no key", Client(), default, "not_signed_in", KeyName: NameOf(good)));
        partners.Add(new("token instead of a key", Client(), default, "not_signed_in", token, NameOf(good)));
        partners.Add(new("another key's name", WithSecret(Client(), good), default, "not_signed_in", KeyName: NameOf(unmade)));
        foreach (var (name, key) in ((string, string)[])[("unmade key", unmade), ("expired key", expired), ("key from afar", far), ("revoked key", revoked)])
            partners.Add(new(name, WithSecret(Client(), key), default, "not_signed_in", KeyName: NameOf(key)));
    }

    private async Task<string> AddKeyAsync(
        UserId user, PoolId? pool, FeatureGroups groups, string? network = null, TimeSpan? life = null)
    {
        var (name, secret, now) = (Name(), RandomNumberGenerator.GetBytes(ApiKeyText.SecretBytes), TimeProvider.System.GetUtcNow());
        var pepper = await platform.Services.GetRequiredService<VaultKeys>().CurrentAsync(ApiKeyChecks.Pepper, Cancel);
        var (id, ends) = (ApiKeyId.For(name), now + (life ?? TimeSpan.FromHours(1)));
        await using var session = Store.LightweightSession();
        session.Events.StartStream<ApiKey>(id.Value, new ApiKeyCreated(id, name, user, pool, groups, ends));
        session.Insert(new ApiKeyCredential(
            id, name, "swept", user, pool, groups, Convert.ToBase64String(pepper.Hash(secret)), pepper.Version,
            network is null ? [] : [network], now, ends, LastUsedAt: null));
        await session.SaveChangesAsync(Cancel);
        return ApiKeyText.Of(name, secret);
    }

    private Task<IssuedToken> OpenAsync(UserId user) => platform.Services.GetRequiredService<Sessions>()
        .OpenAsync(new(user, ProofMethods.Password, "the sweep", default), Cancel);

    private static HttpClient WithSecret(HttpClient client, string key)
    {
        client.DefaultRequestHeaders.Add("X-Api-Secret", key);
        return client;
    }

    private static string NameOf(string key) => key.Substring(ApiKeyText.Prefix.Length, ApiKeyNames.Length);
}
