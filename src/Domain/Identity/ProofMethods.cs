namespace Platform.Domain.Identity;

/// <summary>How a person proved to be the one; the numbers are signed and stored.</summary>
[Flags]
public enum ProofMethods
{
    None = 0,
    Password = 1,
    OneTimeCode = 2,
    Passkey = 4,
}

/// <summary>The words of RFC 8176, and <c>passkey</c>, for which it has none.</summary>
public static class ProofMethodWords
{
    extension(ProofMethods methods)
    {
        public IReadOnlyList<string> Words =>
        [
            .. methods.HasFlag(ProofMethods.Password) ? ["pwd"] : (string[])[],
            .. methods.HasFlag(ProofMethods.OneTimeCode) ? ["otp"] : (string[])[],
            .. methods.HasFlag(ProofMethods.Passkey) ? ["passkey"] : (string[])[],
        ];
    }
}
