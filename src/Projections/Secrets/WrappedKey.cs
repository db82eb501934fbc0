namespace Platform.Projections.Secrets;

/// <summary>A data key under the key-encryption key: a document, so that a data key can be destroyed.</summary>
/// <param name="Id">The data key's version.</param>
/// <param name="Wrapped">AES key wrap with padding (RFC 5649) of the version and the key, base64url.</param>
public sealed record WrappedKey(int Id, string Wrapped);
