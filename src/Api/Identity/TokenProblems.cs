using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Api.Identity;

/// <summary>What a caller hears of a token that is not believed: one sentence for all that may be wrong with it.</summary>
public static class TokenProblems
{
    public static Refusal Invalid { get; } = new("token_invalid", "The token is not good.");

    /// <summary>A token may be good, and this node cannot tell: another one may, or this one in a moment.</summary>
    public static (Refusal Refusal, int Status) Of(TokenFault fault) => fault switch
    {
        TokenFault.BarriersStale => (
            new("barrier_stale", "This node does not know what was revoked lately; try again."), StatusCodes.Status503ServiceUnavailable),
        TokenFault.ClockOff => (
            new("clock_skewed", "This node does not know what time it is; try again."), StatusCodes.Status503ServiceUnavailable),
        TokenFault.NoKey => (
            new("keys_barred", "Nothing is issued until the keys are rotated."), StatusCodes.Status503ServiceUnavailable),
        _ => (Invalid, StatusCodes.Status401Unauthorized),
    };

    public static ProblemHttpResult From(TokenFault fault)
    {
        var (refusal, status) = Of(fault);
        return TypedResults.Problem(Problems.Details(refusal, status));
    }
}

/// <summary>A token that came beside the caller's own is not good.</summary>
public sealed class TokenRefusedException(TokenFault fault) : Exception("A token was refused.")
{
    public TokenFault Fault { get; } = fault;
}
