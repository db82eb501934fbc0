using System.Diagnostics;
using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>The three rings, one for each tier: a key of one never verifies a token of another.</summary>
/// <param name="folder">Where the key files are; shared by the nodes of one machine.</param>
public sealed class KeyRings(string folder, TimeProvider time)
{
    private readonly KeyRing outer = new(folder, TokenTier.Outer, time);
    private readonly KeyRing inner = new(folder, TokenTier.Inner, time);
    private readonly KeyRing danger = new(folder, TokenTier.Danger, time);

    /// <summary>Makes the tier's next signing key; tokens of the one before live on until they end.</summary>
    /// <returns>The new key's id, and from when on it signs.</returns>
    /// <exception cref="IOException">Somebody else rotated at the same moment.</exception>
    public (string Id, DateTimeOffset Since) Rotate(TokenTier tier)
    {
        var key = Of(tier).Rotate();
        return (key.Id, key.Since);
    }

    internal KeyRing Of(TokenTier tier) => tier switch
    {
        TokenTier.Outer => outer,
        TokenTier.Inner => inner,
        TokenTier.Danger => danger,
        _ => throw new UnreachableException("There are three kinds of tokens."),
    };
}
