using System.Diagnostics;

namespace Platform.Domain.Identity;

/// <summary>How long tokens live, and how far the clocks of those who issue and verify them may be apart.</summary>
public static class TokenLife
{
    /// <summary>The hard end of everything that descends from one sign-in; no barrier is needed for longer.</summary>
    public static readonly TimeSpan LineageMax = TimeSpan.FromHours(24);

    /// <summary>How old a strong authentication may be when a danger token is issued.</summary>
    public static readonly TimeSpan StrongFor = TimeSpan.FromMinutes(5);

    /// <summary>A node whose clock is further off than this issues nothing; barriers reach this far into the future.</summary>
    public static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(2);

    /// <summary>A node whose clock is further off than this believes no token.</summary>
    public static readonly TimeSpan SkewEnd = TimeSpan.FromSeconds(10);

    extension(TokenTier tier)
    {
        /// <summary>No token of the tier lives longer, whoever issued it.</summary>
        public TimeSpan Longest => tier switch
        {
            TokenTier.Outer => LineageMax,
            TokenTier.Inner => TimeSpan.FromMinutes(20),
            TokenTier.Danger => TimeSpan.FromMinutes(10),
            _ => throw new UnreachableException("There are three kinds of tokens."),
        };

        /// <summary>What is granted to a clock that is a little off.</summary>
        public TimeSpan Leeway => tier switch
        {
            TokenTier.Outer => TimeSpan.FromSeconds(30),
            TokenTier.Inner => TimeSpan.FromSeconds(10),
            TokenTier.Danger => TimeSpan.FromSeconds(2),
            _ => throw new UnreachableException("There are three kinds of tokens."),
        };
    }
}
