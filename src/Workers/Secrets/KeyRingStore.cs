using System.Security.Cryptography;
using Marten;
using Platform.Domain.Secrets;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Secrets;

namespace Platform.Workers.Secrets;

using Decide = Func<KeyRing?, Decision<KeyRingEvent>>;

/// <summary>The ring of data keys as it is stored: its facts as events, the keys as rows, both changed in one commit.</summary>
public sealed class KeyRingStore(IDocumentStore store, TimeProvider time)
{
    public static readonly KeyRingId Id = KeyRingId.For("secrets");

    // Two nodes that begin, or rotate, at once: the second decides again on what the first has done.
    private const int TriesMax = 3;

    /// <summary>How often the ring changed; 0 while there is none.</summary>
    public async Task<long> VersionAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return (await session.Events.FetchStreamStateAsync(Id.Value, cancellationToken))?.Version ?? 0;
    }

    /// <summary>Null before the first start with a key-encryption key.</summary>
    public async Task<KeyRing?> FindAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.Events.AggregateStreamAsync<KeyRing>(Id.Value, token: cancellationToken);
    }

    /// <summary>The keys as they are stored, by version.</summary>
    public async Task<IReadOnlyDictionary<int, string>> WrappedAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return (await session.Query<WrappedKey>().ToListAsync(cancellationToken)).ToDictionary(key => key.Id, key => key.Wrapped);
    }

    /// <summary>Begins the ring; whoever comes second finds it begun.</summary>
    public Task<Refusal?> OpenAsync(Kek kek, CancellationToken cancellationToken) => ChangeAsync(
        ring => KeyRingDecider.Decide(new OpenKeyRing(Id, kek.Id, time.GetUtcNow()), ring), Keep(kek), cancellationToken);

    /// <summary>A new data key, which seals from now on.</summary>
    public Task<Refusal?> AddAsync(Kek kek, CancellationToken cancellationToken) => ChangeAsync(
        Existing(ring => KeyRingDecider.Decide(new AddDataKey(time.GetUtcNow()), ring)), Keep(kek), cancellationToken);

    /// <summary>Wraps every key anew.</summary>
    /// <exception cref="CryptographicException">A stored key cannot be unwrapped; nothing was changed.</exception>
    public async Task<Refusal?> RewrapAsync(Kek from, Kek to, CancellationToken cancellationToken)
    {
        var wrapped = await WrappedAsync(cancellationToken);
        return await ChangeAsync(
            Existing(ring => KeyRingDecider.Decide(new RewrapKeyRing(to.Id), ring)),
            (session, _) => session.Store(wrapped.Select(key => Rewrapped(key.Key, key.Value, from, to))), cancellationToken);
    }

    public Task<Refusal?> RetireAsync(int version, long sealedCount, CancellationToken cancellationToken) => ChangeAsync(
        Existing(ring => KeyRingDecider.Decide(new RetireDataKey(version, sealedCount, time.GetUtcNow()), ring)),
        (_, _) => { }, cancellationToken);

    public Task<Refusal?> DestroyAsync(int version, long sealedCount, CancellationToken cancellationToken) => ChangeAsync(
        Existing(ring => KeyRingDecider.Decide(new DestroyDataKey(version, sealedCount, time.GetUtcNow()), ring)),
        (session, happened) =>
        {
            if (happened is DataKeyDestroyed destroyed)
                session.Delete<WrappedKey>(destroyed.KeyVersion);
        },
        cancellationToken);

    private async Task<Refusal?> ChangeAsync(
        Decide decide, Action<IDocumentSession, KeyRingEvent> keep, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries < TriesMax; tries++)
            try
            {
                return await TryChangeAsync(decide, keep, cancellationToken);
            }
            catch (Exception error) when (error.IsStoreConflict)
            {
                // Decided again.
            }

        return await TryChangeAsync(decide, keep, cancellationToken);
    }

    private async Task<Refusal?> TryChangeAsync(
        Decide decide, Action<IDocumentSession, KeyRingEvent> keep, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        var stream = await session.Events.FetchForWriting<KeyRing>(Id.Value, cancellationToken);
        var decision = decide(stream.Aggregate);
        if (decision is Decision<KeyRingEvent>.Refused { Refusal: var refusal })
            return refusal;

        foreach (var happened in decision.Recorded())
        {
            stream.AppendOne(happened);
            keep(session, happened);
        }

        await session.SaveChangesAsync(cancellationToken);
        return null;
    }

    private static Decide Existing(Func<KeyRing, Decision<KeyRingEvent>> decide) =>
        ring => ring is null ? Refusal.NotFound : decide(ring);

    private static Action<IDocumentSession, KeyRingEvent> Keep(Kek kek) => (session, happened) =>
    {
        if (happened is not DataKeyAdded added)
            return;

        using var key = SecretBytes.Empty(Kek.DataKeyLength);
        RandomNumberGenerator.Fill(key.Span);
        session.Insert(new WrappedKey(added.KeyVersion, kek.Wrap(added.KeyVersion, key.Span)));
    };

    private static WrappedKey Rewrapped(int version, string wrapped, Kek from, Kek to)
    {
        using var key = from.Unwrap(version, wrapped)
            ?? throw new CryptographicException($"Data key {version} cannot be unwrapped: nothing was changed.");
        return new(version, to.Wrap(version, key.Span));
    }
}
