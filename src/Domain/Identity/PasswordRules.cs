using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>What a password must be (NIST SP 800-63B-4 3.1.1.2): long, and not what anyone would try first.</summary>
public static class PasswordRules
{
    public const int LengthMin = 12;
    public const int LengthMax = 256;

    // Fewer than that and it is a pattern on the keyboard.
    private const int DistinctMin = 5;

    /// <summary>Null when the password will do.</summary>
    /// <param name="email">Lower case.</param>
    public static Refusal? WhyNot(string password, string email)
    {
        var runes = password.EnumerateRunes().ToList();
        var isGuessable = runes.Distinct().Count() < DistinctMin
            || password.Contains(email, StringComparison.OrdinalIgnoreCase)
            || email.StartsWith(password, StringComparison.OrdinalIgnoreCase);
        return (runes.Count, isGuessable) switch
        {
            (< LengthMin or > LengthMax, _) => new(
                "password_length", $"A password has {LengthMin} to {LengthMax} characters; length counts more than signs.", "password"),
            (_, true) => new("password_guessable", "That is too easy to guess.", "password"),
            _ => null,
        };
    }
}
