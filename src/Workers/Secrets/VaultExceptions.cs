namespace Platform.Workers.Secrets;

/// <summary>The vault is sealed: whatever needs a secret has to wait until it has its key.</summary>
public sealed class VaultSealedException() : Exception("The vault is sealed.");

/// <summary>
/// What is stored of a secret is not what was sealed. The text is the same whatever is wrong; the audit log has more.
/// </summary>
public sealed class SecretUnreadableException() : Exception("The secret cannot be opened.");
