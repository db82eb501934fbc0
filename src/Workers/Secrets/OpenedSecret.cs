namespace Platform.Workers.Secrets;

/// <summary>A secret in the open, its reader's to dispose of.</summary>
public sealed record OpenedSecret(int Version, SecretBytes Value) : IDisposable
{
    public void Dispose() => Value.Dispose();
}
