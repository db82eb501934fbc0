using Microsoft.Extensions.Logging;
using Platform.Projections;

namespace Platform.Workers.Secrets;

/// <summary>Whether secrets can be had.</summary>
public enum VaultState { Sealed, Unsealing, Unsealed }

/// <summary>
/// What stands between the vault and its secrets: sealed until the key-encryption key is there and opens the ring of data
/// keys; then open until the process ends. The platform runs on either way, and only what needs a secret waits.
/// </summary>
public sealed partial class VaultSeal(IKekProvider provider, KeyRingStore ring, ILogger<VaultSeal> logger) : IDisposable
{
    private readonly SemaphoreSlim refreshing = new(1);
    private readonly TaskCompletionSource unsealed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long seen;

    public VaultState State { get; private set; } = VaultState.Sealed;

    /// <summary>What is in the way of the key or of a newer ring, for operators; null when nothing is.</summary>
    public string? Trouble { get; private set; } = "It was not looked for a key yet.";

    /// <summary>The version of the data key that seals; 0 while there is none.</summary>
    public int KeyVersion => Keys.Active;

    internal DataKeys Keys { get; } = new();

    /// <summary>Ends when the vault is open.</summary>
    public Task UnsealedAsync(CancellationToken cancellationToken) => unsealed.Task.WaitAsync(cancellationToken);

    /// <exception cref="VaultSealedException">It is not open.</exception>
    public void Require()
    {
        if (State is not VaultState.Unsealed)
            throw new VaultSealedException();
    }

    /// <summary>Opens the vault if it can be opened; an open one takes over what changed in the ring since.</summary>
    public async Task<VaultState> RefreshAsync(CancellationToken cancellationToken)
    {
        await refreshing.WaitAsync(cancellationToken);
        try
        {
            Note(await TryRefreshAsync(cancellationToken));
            return State;
        }
        finally
        {
            refreshing.Release();
        }
    }

    /// <summary>The key-encryption key, for as long as the caller needs it.</summary>
    /// <exception cref="SecretFileException">There is none, or none that may be used.</exception>
    public Kek ReadKek() => provider.Read();

    public void Dispose()
    {
        Keys.Dispose();
        refreshing.Dispose();
    }

    private async Task<string?> TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (State is VaultState.Unsealed && await ring.VersionAsync(cancellationToken) == seen)
                return null;

            return await OpenAsync(cancellationToken);
        }
        catch (SecretFileException error)
        {
            return error.Message;
        }
        catch (Exception error) when (error.IsStoreOutage)
        {
            return "The store cannot be reached.";
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever it is, the rest of the platform goes on without its secrets.
            return $"The data keys cannot be read: {error.Message}";
        }
    }

    // An open vault stays open with the keys that it has.
    private void Note(string? trouble)
    {
        if (trouble is null && State is not VaultState.Unsealed)
        {
            State = VaultState.Unsealed;
            LogUnsealed(Keys.Active);
            unsealed.TrySetResult();
        }
        else if (trouble is not null && State is not VaultState.Unsealed)
        {
            State = VaultState.Sealed;
        }

        if (trouble is not null && !string.Equals(trouble, Trouble, StringComparison.Ordinal))
            LogTrouble(State, trouble);
        Trouble = trouble;
    }

    private async Task<string?> OpenAsync(CancellationToken cancellationToken)
    {
        using var kek = provider.Read();
        if (State is VaultState.Sealed)
            State = VaultState.Unsealing;
        if (await ring.VersionAsync(cancellationToken) == 0)
            await ring.OpenAsync(kek, cancellationToken);

        var version = await ring.VersionAsync(cancellationToken);
        if (await ring.FindAsync(cancellationToken) is not { } keys)
            return "There is no ring of data keys.";
        if (keys.KekId != kek.Id)
            return $"The key-encryption key has the id {kek.Id}; the data keys are wrapped by {keys.KekId}.";

        var wrapped = await ring.WrappedAsync(cancellationToken);
        var unwrapped = keys.Keys.ToDictionary(
            key => key.Version, key => wrapped.TryGetValue(key.Version, out var text) ? kek.Unwrap(key.Version, text) : null);
        if (unwrapped.Any(key => key.Value is null))
        {
            foreach (var key in unwrapped.Values)
                key?.Dispose();
            return $"Data key {unwrapped.First(key => key.Value is null).Key} cannot be unwrapped: what is stored of it was changed.";
        }

        Keys.Replace(keys, unwrapped.ToDictionary(key => key.Key, key => key.Value!));
        seen = version;
        return null;
    }

    [LoggerMessage(LogLevel.Information, "The vault is open; secrets are sealed by data key {KeyVersion}")]
    private partial void LogUnsealed(int keyVersion);

    [LoggerMessage(LogLevel.Warning, "The vault is {State}: {Trouble}")]
    private partial void LogTrouble(VaultState state, string trouble);
}
