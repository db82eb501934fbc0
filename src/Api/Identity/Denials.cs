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
        _ => Problems.From(new(CodeOf(decision.Denial!.Value), DetailOf(decision.Denial.Value, permission)), StatusCodes.Status403Forbidden),
    };

    public static string CodeOf(Denial denial) => denial switch
    {
        Denial.TierTooLow => "danger_token_required",
        Denial.ScopeMissing => "scope_missing",
        Denial.PlanTooLow => "plan_too_low",
        Denial.PlatformTooLow => "platform_level_too_low",
        Denial.PoolTooLow => "pool_level_too_low",
        Denial.DutyExcluded => "duty_excluded",
        Denial.OwnInitiative => "own_initiative",
        Denial.TargetNotBelow => "level_not_below_own",
        _ => "never_allowed",
    };

    private static string DetailOf(Denial denial, Permission? permission) => denial switch
    {
        Denial.TierTooLow => $"Prove again who you are, for {permission!.Id}, and send the token in X-Danger-Token.",
        Denial.ScopeMissing => $"The credential is not good for {permission!.Group}.",
        Denial.PlanTooLow => $"It takes the plan {permission!.Plan}.",
        Denial.PlatformTooLow => "Your level on the platform is too low.",
        Denial.PoolTooLow => "Your level in the pool is too low.",
        Denial.DutyExcluded => "Custodians judge what others start; they start nothing.",
        Denial.OwnInitiative => "Nobody approves what they started.",
        Denial.TargetNotBelow => "Only levels below your own are yours to give or take.",
        _ => "Nobody may do that.",
    };
}
