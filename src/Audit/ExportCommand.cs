using System.CommandLine;
using System.Diagnostics;
using Platform.Domain.Audit;
using Platform.Projections.Audit;

namespace Platform.Audit;

/// <summary>
/// <c>audit export --out FILE [--pool ID]</c>: the signed part of the log as one file that is verified without a
/// database. It is verified on its way out: a log that does not hold is not exported.
/// </summary>
internal static class ExportCommand
{
    private static readonly Option<FileInfo> Out = new("--out")
    {
        Description = "File to write; it appears when it is complete.",
        Required = true,
    };

    private static readonly Option<Guid?> Pool = new("--pool")
    {
        Description = "Show the events of this pool alone; of every other event the file has the leaf.",
    };

    public static Command Create()
    {
        var command = new Command("export", "Write the log to a file that can be verified without a database.")
        {
            Out,
            Pool,
            Settings.Key,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var key = arguments.TrustedKey();
        var file = arguments.GetRequiredValue(Out);
        await using var database = arguments.OpenDatabase();
        var log = new AuditLog(database);
        var verifier = new AuditVerifier(key, Settings.Verify);
        var watch = Stopwatch.StartNew();
        var finding = await WriteAsync(log, verifier, key, file, arguments.GetValue(Pool), cancellationToken);
        VerifyCommand.Print(
            VerifyReport.Of(verifier, finding, pending: null, watch), arguments.GetValue(Settings.Json));
        return finding is null ? ExitCode.Good : (int)finding.Fault;
    }

    private static async Task<AuditFinding?> WriteAsync(
        AuditLog log, AuditVerifier verifier, NoteKey key, FileInfo file, Guid? pool, CancellationToken cancellationToken)
    {
        if (await log.LastCheckpointAsync(cancellationToken) is not { } last)
        {
            return new(AuditFault.Truncated, 0, "Nothing is signed yet.");
        }

        var draft = new FileInfo($"{file.FullName}.part");
        try
        {
            AuditFinding? finding;
            await using (var writer = new ExportWriter(draft, pool))
            {
                await writer.HeaderAsync(key, last.Size, cancellationToken);
                finding = await WriteAsync(log, verifier, writer, last, cancellationToken);
            }

            if (finding is null)
            {
                draft.MoveTo(file.FullName, overwrite: true);
            }

            return finding;
        }
        finally
        {
            File.Delete($"{file.FullName}.part");
        }
    }

    private static async Task<AuditFinding?> WriteAsync(
        AuditLog log, AuditVerifier verifier, ExportWriter writer, StoredCheckpoint last, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(last.Size);
        var extent = new AuditExtent(last.Size, last.Sequence, last.Size);
        await foreach (var step in AuditWalk.StepsAsync(log, extent, verifier, cancellationToken))
        {
            progress.Step();
            switch (step)
            {
                case EventHolds entry:
                    await writer.EntryAsync(entry, cancellationToken);
                    break;
                case CheckpointHolds checkpoint:
                    await writer.CheckpointAsync(checkpoint.Note, verifier.SignedSize == last.Size, cancellationToken);
                    break;
                case StepFails failed:
                    return failed.Finding;
                default:
                    throw new UnreachableException();
            }
        }

        return null;
    }
}
