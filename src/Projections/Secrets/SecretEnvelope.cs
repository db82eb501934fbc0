using Platform.Domain.Secrets;

namespace Platform.Projections.Secrets;

/// <summary>
/// What is stored of a secret: a document and not an event, for an event is never forgotten and a secret must be. Its
/// events say which envelope is the right one.
/// </summary>
/// <param name="SecretVersion">Counts the values. Not "Version", by which the store would count its own writes.</param>
/// <param name="KeyVersion">Of the data key, as the envelope says; to find what a rotation has yet to do.</param>
/// <param name="Sealed">The <see cref="Envelope"/>, base64url.</param>
public sealed record SecretEnvelope(
    SealedSecretId Id, SecretAddress Address, int SecretVersion, int KeyVersion, string Sealed, DateTimeOffset SealedAt);
