namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>A payload with what proves that it is ours.</summary>
public sealed record BinanceSignature(string ApiKey, string Payload, string Signature)
{
    public override string ToString() => "(signature)";
}

/// <summary>
/// The credentials that calls are signed by, replaced while calls are under way: each is signed by one key or by the other.
/// </summary>
public sealed class BinanceAccess : IDisposable
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BinanceCredentials? credentials;

    /// <summary>Whether it was found out yet if there are credentials; not while the vault is sealed.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Whether there are credentials.</summary>
    public bool IsGranted
    {
        get
        {
            lock (gate)
                return credentials is not null;
        }
    }

    /// <summary>Ends when there are credentials.</summary>
    public Task GrantedAsync(CancellationToken cancellationToken) => granted.Task.WaitAsync(cancellationToken);

    /// <param name="payloadOf">The payload, from the API key.</param>
    /// <returns>Null when there are no credentials.</returns>
    public BinanceSignature? Sign(Func<string, string> payloadOf)
    {
        lock (gate)
        {
            if (credentials is null)
                return null;

            var payload = payloadOf(credentials.ApiKey);
            return new(credentials.ApiKey, payload, credentials.Sign(payload));
        }
    }

    /// <summary>From now on these; those before are zeroed.</summary>
    /// <param name="next">Becomes this access's own; null when there are none.</param>
    public void Replace(BinanceCredentials? next)
    {
        lock (gate)
        {
            credentials?.Dispose();
            (credentials, IsKnown) = (next, true);
        }

        if (next is not null)
            granted.TrySetResult();
    }

    public void Dispose()
    {
        lock (gate)
        {
            credentials?.Dispose();
            credentials = null;
        }
    }
}
