using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Platform.Domain.Audit;
using Platform.Projections.Audit;

namespace Platform.Audit;

/// <summary><c>audit verify [FILE]</c>: recomputes chain, tree and signatures of the database, or of an export.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<FileInfo?> Export = new("file")
    {
        Description = "An export; without it, the database is verified.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        var command = new Command("verify", "Recompute the chain and its signatures; needs no database for an export.")
        {
            Export,
            Settings.Key,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var verifier = new AuditVerifier(arguments.TrustedKey(), Settings.Verify);
        var report = arguments.GetValue(Export) is { } file
            ? await FileAsync(file, verifier, arguments.TrustedKey(), cancellationToken)
            : await DatabaseAsync(arguments, verifier, cancellationToken);
        Print(report, arguments.GetValue(Settings.Json));
        return report.ExitCode;
    }

    /// <summary>Prints the report; the first line says it all.</summary>
    public static void Print(VerifyReport report, bool json)
    {
        if (json)
        {
            Printer.Json(report);
            return;
        }

        Printer.Facts(
            ("verdict", report.Verdict),
            ("first bad sequence", Text(report.Sequence)),
            ("reason", report.Reason),
            ("entries", $"{Text(report.Entries)} up to sequence {Text(report.LastSequence)}"),
            ("checkpoints", Text(report.Checkpoints)),
            ("not signed yet", Text(report.Unsigned)),
            ("not chained yet", Text(report.Pending)),
            ("head", report.Head),
            ("root", report.Root),
            ("took", $"{Text(report.Milliseconds)} ms"));
    }

    private static string? Text(long? number) => number?.ToString("D", CultureInfo.InvariantCulture);

    private static async Task<VerifyReport> DatabaseAsync(
        ParseResult arguments, AuditVerifier verifier, CancellationToken cancellationToken)
    {
        await using var database = arguments.OpenDatabase();
        var log = new AuditLog(database);
        var watch = Stopwatch.StartNew();
        var extent = await log.ExtentAsync(cancellationToken);
        using var progress = new ProgressLine(extent.Size);
        AuditFinding? finding = null;
        await foreach (var step in AuditWalk.StepsAsync(log, extent, verifier, cancellationToken))
        {
            progress.Step();
            finding = (step as StepFails)?.Finding;
        }

        return VerifyReport.Of(verifier, finding, await log.CountEventsAsync(extent.Sequence, cancellationToken), watch);
    }

    private static async Task<VerifyReport> FileAsync(
        FileInfo file, AuditVerifier verifier, NoteKey trusted, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            throw new UsageException($"There is no file {file.FullName}");
        }

        var watch = Stopwatch.StartNew();
        await using var stream = file.OpenRead();
        var finding = await new ExportReader(verifier, trusted).ReadAsync(stream, cancellationToken);
        return VerifyReport.Of(verifier, finding, pending: null, watch);
    }
}
