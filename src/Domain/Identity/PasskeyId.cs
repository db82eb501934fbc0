using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>Our name for a passkey; derived from its credential id, which itself stays out of events.</summary>
[JsonConverter(typeof(ValueConverter<PasskeyId, Guid>))]
public readonly record struct PasskeyId(Guid Value) : IValue<PasskeyId, Guid>
{
    public static PasskeyId From(Guid value) => new(value);

    /// <param name="credential">The credential id of WebAuthn (Level 3, 5.1), base64url.</param>
    public static PasskeyId For(UserId user, string credential) => new(DerivedId.Of("passkey", user.ToString(), credential));

    public override string ToString() => Value.ToString("D");
}
