using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>What callers are never told: why a token was not believed, and what looked like an attack.</summary>
public sealed partial class SecurityLog(ILogger<SecurityLog> logger, IMeterFactory meters)
{
    private readonly Counter<long> refused = meters.Create("platform.identity").CreateCounter<long>(
        "platform.identity.token_refused", description: "Tokens that were not believed, by tier and reason.");

    /// <param name="claims">Null: nothing it says was worth anything.</param>
    internal void TokenRefused(TokenTier tier, TokenFault fault, TokenClaims? claims)
    {
        refused.Add(1, new("tier", tier.ToString()), new("fault", fault.ToString()));
        LogRefused(tier, fault, claims?.UserId, claims?.SessionId, claims?.TokenId);
    }

    [LoggerMessage(
        LogLevel.Information, "A token was refused: {Tier} {Fault}, user {UserId}, session {SessionId}, token {TokenId}")]
    private partial void LogRefused(TokenTier tier, TokenFault fault, UserId? userId, SessionId? sessionId, Guid? tokenId);

    [LoggerMessage(
        LogLevel.Warning, "A token of session {SessionId} of user {UserId} came back after it was renewed twice: the session was ended")]
    internal partial void TokenReused(UserId userId, SessionId sessionId);
}
