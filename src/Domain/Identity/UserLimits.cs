namespace Platform.Domain.Identity;

/// <summary>What a person may do in all, whatever it is: by what they pay for, and by how well they are known.</summary>
public static class UserLimits
{
    /// <summary>How many times the ordinary rate of requests a plan has.</summary>
    public static int RequestFactorOf(Plan plan) => plan switch
    {
        Plan.Pro => 2,
        Plan.Business => 4,
        Plan.Enterprise => 8,
        _ => 1,
    };

    /// <summary>Changes of anything within 24 hours.</summary>
    public static int WritesPerDayOf(Plan plan, KycLevel kyc) => RequestFactorOf(plan) * kyc switch
    {
        KycLevel.Basic => 100_000,
        KycLevel.Full => 1_000_000,
        _ => 20_000,
    };
}
