using Platform.Domain.Identity;

namespace Platform.Domain.Tests.Identity;

public sealed class UserLimitsTests
{
    [Fact]
    public void Higher_plan_or_better_known_person_may_never_do_less()
    {
        foreach (var (plan, next) in Enum.GetValues<Plan>().Zip(Enum.GetValues<Plan>().Skip(1)))
        {
            Assert.True(UserLimits.RequestFactorOf(next) > UserLimits.RequestFactorOf(plan));
            Assert.All(Enum.GetValues<KycLevel>(), kyc => Assert.True(UserLimits.WritesPerDayOf(next, kyc) > UserLimits.WritesPerDayOf(plan, kyc)));
        }
        foreach (var (kyc, better) in Enum.GetValues<KycLevel>().Zip(Enum.GetValues<KycLevel>().Skip(1)))
            Assert.All(Enum.GetValues<Plan>(), plan => Assert.True(UserLimits.WritesPerDayOf(plan, better) > UserLimits.WritesPerDayOf(plan, kyc)));
    }

    [Fact]
    public void Person_of_whom_nothing_is_known_may_still_work() =>
        Assert.Equal((1, 20_000), (UserLimits.RequestFactorOf(Plan.Free), UserLimits.WritesPerDayOf(Plan.Free, KycLevel.None)));
}
