namespace Platform.Workers.Markets.Venues;

/// <summary>
/// The credentials that calls to one venue are signed by, replaced while calls are under way: each is signed by one key or by
/// the other.
/// </summary>
public sealed class VenueAccess : IDisposable
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private VenueCredentials? credentials;

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

    /// <param name="use">Signs; must not keep the credentials.</param>
    /// <returns>Null when there are no credentials.</returns>
    public T? Use<T>(Func<VenueCredentials, T> use) where T : class
    {
        lock (gate)
            return credentials is null ? null : use(credentials);
    }

    /// <summary>From now on these; those before are zeroed.</summary>
    /// <param name="next">Becomes this access's own; null when there are none.</param>
    public void Replace(VenueCredentials? next)
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
