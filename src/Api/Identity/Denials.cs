using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Api.Identity;

/// <summary>What a denial looks like outside: enough to know what to ask for, nothing about what is another's.</summary>
public static class Denials
{
    public static ProblemHttpResult ProblemOf(AccessDecision decision, Permission? permission) => decision switch
    {
        { IsHidden: true } => Problems.From(Refusal.NotFound),
        { Denial: Denial.TierTooLow } => Forbidden(
            "danger_token_required", $"Prove again who you are, for {permission!.Id}, and send the token in X-Danger-Token."),
        { Denial: Denial.ScopeMissing } => Forbidden("scope_missing", $"The credential is not good for {permission!.Group}."),
        { Denial: Denial.PlanTooLow } => Forbidden("plan_too_low", $"It takes the plan {permission!.Plan}."),
        { Denial: Denial.PlatformTooLow } => Forbidden("platform_level_too_low", "Your level on the platform is too low."),
        { Denial: Denial.PoolTooLow } => Forbidden("pool_level_too_low", "Your level in the pool is too low."),
        { Denial: Denial.DutyExcluded } => Forbidden("duty_excluded", "Custodians judge what others start; they start nothing."),
        { Denial: Denial.OwnInitiative } => Forbidden("own_initiative", "Nobody approves what they started."),
        { Denial: Denial.TargetNotBelow } => Forbidden("level_not_below_own", "Only levels below your own are yours to give or take."),
        _ => Forbidden("never_allowed", "Nobody may do that."),
    };

    private static ProblemHttpResult Forbidden(string code, string detail) =>
        Problems.From(new(code, detail), StatusCodes.Status403Forbidden);
}
