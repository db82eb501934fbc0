using System.Buffers.Binary;
using System.Security.Cryptography;
using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Platform.Workers.Secrets;

namespace Platform.Workers.Identity.ApiKeys;

/// <summary>A key that was made, or why none was.</summary>
public abstract record MadeKey
{
    private MadeKey() { }

    public abstract TResult Match<TResult>(Func<string, ApiKeyCredential, TResult> made, Func<Refusal, TResult> refused);

    /// <param name="Key">The whole key: to be shown once, and kept nowhere.</param>
    public sealed record Made(string Key, ApiKeyCredential Credential) : MadeKey
    {
        public override TResult Match<TResult>(Func<string, ApiKeyCredential, TResult> made, Func<Refusal, TResult> refused) =>
            made(Key, Credential);

        // A secret prints as nothing.
        public override string ToString() => $"(key {Credential.Name})";
    }

    public sealed record Refused(Refusal Refusal) : MadeKey
    {
        public override TResult Match<TResult>(Func<string, ApiKeyCredential, TResult> made, Func<Refusal, TResult> refused) =>
            refused(Refusal);
    }
}

/// <summary>Makes API keys. Only what a key is checked by stays here.</summary>
public sealed class ApiKeyMaker(IDocumentStore store, VaultKeys keys, TimeProvider time)
{
    private const int LabelLengthMax = 80;
    private const int NetworksMax = 20;
    private const int OwnedMax = 100;

    /// <param name="pool">Whose key it is to be; null: the person's own.</param>
    /// <param name="networks">CIDR, each of them well-formed.</param>
    /// <exception cref="VaultSealedException">No key can be made now.</exception>
    public async Task<MadeKey> MakeAsync(
        DangerToken token, PoolId? pool, string label, FeatureGroups groups, IReadOnlyList<string> networks, DateTimeOffset expiresAt,
        CancellationToken cancellationToken)
    {
        if (label.Length is 0 or > LabelLengthMax)
            return new MadeKey.Refused(new("label_length", $"A name has 1 to {LabelLengthMax} characters.", "label"));
        if (networks.Count > NetworksMax)
            return new MadeKey.Refused(new("too_many_networks", $"A key has at most {NetworksMax} networks.", "networks"));

        var name = ApiKeyNames.Of(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        var secret = RandomNumberGenerator.GetBytes(ApiKeyText.SecretBytes);
        var pepper = await keys.CurrentAsync(ApiKeyChecks.Pepper, cancellationToken);
        var now = time.GetUtcNow();
        var create = new CreateApiKey(name, token.UserId, pool, groups, now, expiresAt);
        var credential = new ApiKeyCredential(
            create.ApiKeyId, name, label, token.UserId, pool, groups, Convert.ToBase64String(pepper.Hash(secret)), pepper.Version,
            networks, now, expiresAt, LastUsedAt: null);
        return await StoreAsync(token, create, credential) is { } refusal
            ? new MadeKey.Refused(refusal)
            : new MadeKey.Made(ApiKeyText.Of(name, secret), credential);
    }

    private async Task<Refusal?> StoreAsync(DangerToken token, CreateApiKey create, ApiKeyCredential credential)
    {
        // A caller that hangs up after we began must not leave it half done.
        var toTheEnd = CancellationToken.None;
        await using var session = store.LightweightSession();
        session.LastModifiedBy = token.UserId.ToString();
        if (await session.Query<ApiKeyCredential>().CountAsync(Siblings(credential), toTheEnd) >= OwnedMax)
            return new("too_many_keys", $"An owner has at most {OwnedMax} keys.");

        var stream = await session.Events.FetchForWriting<ApiKey>(create.ApiKeyId.Value, toTheEnd);
        if (stream.Append(ApiKeyDecider.Decide(create, stream.Aggregate)) is { Refusal: { } refusal })
            return refusal;

        session.Insert(credential);
        session.Spend(token, time);
        await session.SaveChangesAsync(toTheEnd);
        return null;
    }

    private static System.Linq.Expressions.Expression<Func<ApiKeyCredential, bool>> Siblings(ApiKeyCredential key)
    {
        var (user, pool) = (key.UserId, key.PoolId);
        return pool is null ? other => other.UserId == user && other.PoolId == null : other => other.PoolId == pool;
    }
}
