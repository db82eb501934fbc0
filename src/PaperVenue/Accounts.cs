using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue;

/// <summary>Whose account is whose. The house's exist in memory only and have stock without end.</summary>
public static class Accounts
{
    /// <summary>Rests the quotes around the fair price.</summary>
    public const long HouseMaker = -1;

    /// <summary>Trades against whatever rests.</summary>
    public const long HouseTaker = -2;

    /// <summary>The account behind the API key that the first start writes.</summary>
    public const long Demo = 1;

    /// <summary>The house's stock of each asset; more than it can lose in years.</summary>
    public const decimal HouseStock = 1_000_000_000_000m;

    public static bool IsUser(long accountId) => accountId > 0;

    /// <summary>What the demo account gets of an asset it never held: enough to begin with, of some, and of what a recording brings along.</summary>
    public static decimal Grant(string asset) => asset switch
    {
        "USDT" or "BUSD" or "USD" or "EUR" => 100_000m,
        "BTC" => 1m,
        "ETH" => 10m,
        "BNB" => 20m,
        _ when Instrument.Listed.Any(listed => listed.Assets.Contains(asset, StringComparer.Ordinal)) => 0m,
        _ => 1_000m,
    };
}
