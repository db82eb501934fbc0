using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>As much of an API key as its rules read.</summary>
/// <param name="PoolId">The pool that owns the key; null when the user <paramref name="By"/> does.</param>
public sealed record ApiKey(
    ApiKeyId Id, ApiKeyName Name, UserId By, PoolId? PoolId, FeatureGroups Groups, DateTimeOffset ExpiresAt, bool IsRevoked)
{
    public static ApiKey? Evolve(ApiKey? key, ApiKeyEvent happened) => (key, happened) switch
    {
        (null, ApiKeyCreated e) => new(e.ApiKeyId, e.Name, e.By, e.PoolId, e.Groups, e.ExpiresAt, IsRevoked: false),
        (not null, ApiKeyRevoked) => key with { IsRevoked = true },
        _ => key,
    };
}

/// <summary>Make a key.</summary>
/// <param name="PoolId">Null: the user's own.</param>
/// <param name="At">When it is asked for.</param>
public sealed record CreateApiKey(
    ApiKeyName Name, UserId By, PoolId? PoolId, FeatureGroups Groups, DateTimeOffset At, DateTimeOffset ExpiresAt)
{
    public ApiKeyId ApiKeyId => ApiKeyId.For(Name);
}

/// <summary>Make an end of a key.</summary>
public sealed record RevokeApiKey(ApiKeyId ApiKeyId, RevocationCause Cause);

/// <summary>The rules of an API key.</summary>
public static class ApiKeyDecider
{
    /// <summary>A key that is forgotten ends by itself.</summary>
    public static readonly TimeSpan LifeMax = TimeSpan.FromDays(366);

    /// <summary>All that a key can be good for; never withdrawals, never accounts of people.</summary>
    public const FeatureGroups GroupsMax = FeatureGroups.Public | FeatureGroups.Private;

    public static Decision<ApiKeyEvent> Decide(CreateApiKey command, ApiKey? key)
    {
        if (key is not null)
            return new Refusal("key_name_taken", "This is another key's name.");
        if (command.Groups is FeatureGroups.None || (command.Groups & ~GroupsMax) is not FeatureGroups.None)
            return new Refusal("key_groups", $"A key is good for some of {GroupsMax}.", "groups");
        if (command.ExpiresAt <= command.At || command.ExpiresAt > command.At + LifeMax)
            return new Refusal("key_expiry", "A key lives for a year at most.", "expiresAt");

        return new ApiKeyCreated(command.ApiKeyId, command.Name, command.By, command.PoolId, command.Groups, command.ExpiresAt);
    }

    public static Decision<ApiKeyEvent> Decide(RevokeApiKey command, ApiKey? key) => key switch
    {
        null => Refusal.NotFound,
        { IsRevoked: true } => Decision<ApiKeyEvent>.Nothing,
        _ => new ApiKeyRevoked(command.ApiKeyId, command.Cause),
    };
}
