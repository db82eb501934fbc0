using System.Diagnostics;
using Platform.Domain.Audit;

namespace Platform.Audit;

/// <summary>What a verification found.</summary>
/// <param name="Verdict"><c>good</c>, or the first thing wrong: <c>brokenChain</c>, <c>badSignature</c>,
/// <c>truncated</c>, <c>untrustedKey</c>.</param>
/// <param name="Sequence">Of the first event that does not hold; null when all do.</param>
/// <param name="Reason">What is wrong there; null when nothing is.</param>
/// <param name="Entries">Entries that held.</param>
/// <param name="Checkpoints">Checkpoints that held.</param>
/// <param name="Unsigned">Entries after the last checkpoint.</param>
/// <param name="Pending">Events that wait to be chained; null for an export.</param>
/// <param name="Head">The last link that held.</param>
/// <param name="Root">Merkle root over the entries that held.</param>
internal sealed record VerifyReport(
    string Verdict,
    int ExitCode,
    long? Sequence,
    string? Reason,
    long Entries,
    long Checkpoints,
    long Unsigned,
    long? Pending,
    long LastSequence,
    string Head,
    string Root,
    long Milliseconds)
{
    public static VerifyReport Of(AuditVerifier verifier, AuditFinding? finding, long? pending, Stopwatch watch) => new(
        finding is null ? "good" : Name(finding.Fault),
        finding is null ? Audit.ExitCode.Good : (int)finding.Fault,
        finding?.Sequence,
        finding?.Reason,
        verifier.Chain.Size,
        verifier.Checkpoints,
        verifier.Chain.Size - verifier.SignedSize,
        pending,
        verifier.Chain.Sequence,
        verifier.Chain.Head.ToString(),
        Convert.ToBase64String(verifier.Root.ToArray()),
        watch.ElapsedMilliseconds);

    private static string Name(AuditFault fault) => fault switch
    {
        AuditFault.BrokenChain => "brokenChain",
        AuditFault.BadSignature => "badSignature",
        AuditFault.Truncated => "truncated",
        AuditFault.UntrustedKey => "untrustedKey",
        _ => throw new UnreachableException(),
    };
}
