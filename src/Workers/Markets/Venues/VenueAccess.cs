namespace Platform.Workers.Markets.Venues;

/// <summary>
/// The credentials that calls to one venue are signed by, replaced while calls are under way: each is signed by one key or by
/// the other.
/// </summary>
public sealed class VenueAccess : IDisposable
{
    private const string NoneHeld = "The vault holds no credentials for the venue.";

    private readonly Lock gate = new();
    private readonly TaskCompletionSource granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private VenueCredentials? credentials;
    private string whyNone = NoneHeld;

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

    /// <summary>Why there are no credentials, where there are none.</summary>
    public string WhyNone
    {
        get
        {
            lock (gate)
                return whyNone;
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
        Set(next, NoneHeld);
        if (next is not null)
            granted.TrySetResult();
    }

    /// <summary>From now on nothing is signed: the credentials that there are may do what they must not.</summary>
    public void Withhold(string why) => Set(next: null, why);

    public void Dispose()
    {
        lock (gate)
        {
            credentials?.Dispose();
            credentials = null;
        }
    }

    private void Set(VenueCredentials? next, string why)
    {
        lock (gate)
        {
            credentials?.Dispose();
            (credentials, IsKnown, whyNone) = (next, true, why);
        }
    }
}
