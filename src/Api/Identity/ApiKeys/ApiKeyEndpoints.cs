using System.Net;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Platform.Workers.Identity.ApiKeys;

namespace Platform.Api.Identity.ApiKeys;

/// <summary>A key as its owner sees it.</summary>
/// <param name="Networks">From where it may be used (CIDR); empty: from anywhere.</param>
/// <param name="LastUsedAt">To the hour; null: never.</param>
public sealed record ApiKeyResponse(
    ApiKeyName Name, string Label, UserId CreatedBy, IReadOnlyList<string> Groups, IReadOnlyList<string> Networks,
    DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public static ApiKeyResponse Of(ApiKeyCredential key) => new(
        key.Name, key.Label, key.UserId, [.. GroupWords.Of(key.Groups)], key.Networks, key.CreatedAt, key.ExpiresAt, key.LastUsedAt);
}

/// <summary>A key to be made.</summary>
/// <param name="Groups">What it is good for: assets, markets, exchanges, blockchain, trading, vaults, strategies, nodes, pools.</param>
/// <param name="Networks">From where it may be used (CIDR); null or empty: from anywhere.</param>
public sealed record CreateApiKeyRequest(
    string Label, IReadOnlyList<string> Groups, DateTimeOffset ExpiresAt, IReadOnlyList<string>? Networks = null);

/// <summary>A key that was just made.</summary>
/// <param name="Key">The whole key, shown this once.</param>
public sealed record CreatedApiKey(string Key, ApiKeyResponse Details);

/// <summary>API keys of people and of pools: made once, shown once, revoked at any time.</summary>
public static class ApiKeyEndpoints
{
    private const int KeysMax = 100;

    /// <summary>In memory: an owner has at most a hundred.</summary>
    public static ListOf<ApiKeyResponse> List { get; } = new("api keys", "name", "-createdAt",
    [
        Field<ApiKeyResponse>.Text("name", key => key.Name.Value) with { IsSearched = true },
        Field<ApiKeyResponse>.Text("label", key => key.Label) with { IsSortable = true, IsSearched = true },
        Field<ApiKeyResponse>.Uuid("createdBy", key => key.CreatedBy.Value),
        Field<ApiKeyResponse>.Nested("groups", key => string.Join(", ", key.Groups)),
        Field<ApiKeyResponse>.Nested("networks", key => string.Join(", ", key.Networks)),
        Field<ApiKeyResponse>.Time("createdAt", key => key.CreatedAt) with { IsSortable = true },
        Field<ApiKeyResponse>.Time("expiresAt", key => key.ExpiresAt) with { IsSortable = true },
        Field<ApiKeyResponse>.Time("lastUsedAt", key => key.LastUsedAt) with { IsNullable = true },
    ]);

    extension(IEndpointRouteBuilder app)
    {
        public void MapApiKeys()
        {
            Map(
                app.MapGroup("/v1/account/api-keys"), AccountPermissions.ReadAccount, AccountPermissions.CreateKey,
                AccountPermissions.RevokeKey);
            Map(
                app.MapGroup("/v1/pools/{poolId:guid}/api-keys"), PoolPermissions.ReadPool, PoolPermissions.CreatePoolKey,
                PoolPermissions.RevokePoolKey);
        }
    }

    private static void Map(RouteGroupBuilder keys, Permission read, Permission create, Permission revoke)
    {
        keys.WithTags("API keys");
        keys.MapGet("/", ListAsync).WithSummary("API keys that are good").Lists(List).Requires(read);
        keys.MapPost("/", CreateAsync).WithSummary("Make an API key")
            .WithDescription("The answer holds the key, and nothing ever will again.")
            .AsksAgain<CreateApiKeyRequest>(create).ShowsSecret()
            .Refuses(
                StatusCodes.Status422UnprocessableEntity, "invalid_network", "key_groups", "key_expiry", "label_length", "too_many_networks",
                "too_many_keys")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "vault_sealed");
        keys.MapPost("/{name}/revoke", RevokeAsync).WithSummary("Revoke an API key").Requires(revoke)
            .Refuses(StatusCodes.Status404NotFound, "not_found");
    }

    private static async Task<ListAnswer<ApiKeyResponse>> ListAsync(
        ListQuery asked, HttpContext http, IDocumentStore store, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var known = await OwnedBy(http, session).Take(KeysMax).ToListAsync(cancellationToken);
        return new(List, asked, new MemorySource<ApiKeyResponse>([.. known.Select(ApiKeyResponse.Of)]));
    }

    private static async Task<Results<Created<CreatedApiKey>, ProblemHttpResult>> CreateAsync(
        Danger<CreateApiKeyRequest> asked, HttpContext http, ApiKeyMaker maker, CancellationToken cancellationToken)
    {
        if (NetworksOf(asked.Body) is not { } networks)
            return Problems.From(new("invalid_network", "A network is an address and a prefix length: 192.0.2.0/24.", "networks"));
        if (GroupWords.Read(asked.Body.Groups) is not { } groups)
            return Problems.From(new("key_groups", $"A key is good for some of {string.Join(", ", GroupWords.All)}.", "groups"));

        var made = await maker.MakeAsync(
            asked.Token, PoolOf(http), asked.Body.Label.Trim(), groups, networks, asked.Body.ExpiresAt, cancellationToken);
        return made.Match<Results<Created<CreatedApiKey>, ProblemHttpResult>>(
            (key, credential) => TypedResults.Created((string?)null, new CreatedApiKey(key, ApiKeyResponse.Of(credential))),
            refusal => Problems.From(refusal));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string name, HttpContext http, IDocumentStore store, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        session.LastModifiedBy = http.User.Actor;
        // Another's key is none.
        if (!ApiKeyNames.IsWellFormed(name))
            return Problems.From(Refusal.NotFound);

        var id = ApiKeyId.For(ApiKeyName.From(name));
        if (!await OwnedBy(http, session).AnyAsync(key => key.Id == id, cancellationToken))
            return Problems.From(Refusal.NotFound);

        await session.RevokeAsync(new(id, RevocationCause.Asked), cancellationToken);
        await session.SaveChangesAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static IQueryable<ApiKeyCredential> OwnedBy(HttpContext http, IQuerySession session)
    {
        if (PoolOf(http) is { } pool)
            return session.Query<ApiKeyCredential>().Where(key => key.PoolId == pool);

        var user = http.SignedIn.UserId;
        return session.Query<ApiKeyCredential>().Where(key => key.UserId == user && key.PoolId == null);
    }

    private static PoolId? PoolOf(HttpContext http) =>
        Guid.TryParse(http.GetRouteValue(PermissionGate.PoolRouteValue) as string, out var pool) ? PoolId.From(pool) : null;

    // Null when one of them is none.
    private static List<string>? NetworksOf(CreateApiKeyRequest asked)
    {
        List<string> parsed = [];
        foreach (var text in asked.Networks ?? [])
        {
            if (!IPNetwork.TryParse(text, out var network))
                return null;
            parsed.Add(network.ToString());
        }
        return parsed;
    }
}
