using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Platform.Audit;

/// <summary>
/// <c>audit diff [--pool ID]</c>: rebuilds every read model from the events, in memory and tenant by tenant, and
/// compares it with the live rows. It may run beside a busy platform.
/// </summary>
internal static class DiffCommand
{
    private static readonly Option<Guid?> Pool = new("--pool") { Description = "Compare this pool alone." };

    public static Command Create()
    {
        var command = new Command("diff", "Rebuild every read model from the events and compare it with the live rows.")
        {
            Pool,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await using var snapshot = await Snapshot.OpenAsync(arguments.ConnectionString(), cancellationToken);
        var models = ReadModels.All();
        IReadOnlyList<string> tenants = arguments.GetValue(Pool) is { } pool
            ? [pool.ToString()]
            : await snapshot.TenantsAsync(models.Select(model => model.Row), cancellationToken);
        var marks = await MarksAsync(snapshot, models, cancellationToken);
        RowDifference? difference = null;
        var events = 0L;
        foreach (var tenant in tenants)
        {
            events += await RebuildAsync(snapshot, models, marks, tenant, cancellationToken);
            difference = await CompareAsync(snapshot, models, tenant, cancellationToken);
            if (difference is not null)
            {
                break;
            }
        }

        var report = DiffReport.Of(difference, tenants.Count, events, models, watch);
        Print(report, arguments.GetValue(Settings.Json));
        return report.ExitCode;
    }

    private static async Task<long> RebuildAsync(
        Snapshot snapshot, IReadOnlyList<ReadModel> models, long[] marks, string tenant, CancellationToken cancellationToken)
    {
        var events = 0L;
        await foreach (var e in snapshot.EventsAsync(tenant, cancellationToken))
        {
            events++;
            for (var i = 0; i < models.Count; i++)
            {
                if (e.Sequence <= marks[i])
                {
                    models[i].Apply(e);
                }
            }
        }

        return events;
    }

    // How far each model has come; one that is kept with the events has seen them all.
    private static async Task<long[]> MarksAsync(
        Snapshot snapshot, IReadOnlyList<ReadModel> models, CancellationToken cancellationToken)
    {
        var marks = new long[models.Count];
        for (var i = 0; i < models.Count; i++)
        {
            marks[i] = models[i].Progress is { } progress
                ? await snapshot.ProgressAsync(progress, cancellationToken)
                : long.MaxValue;
        }

        return marks;
    }

    private static async Task<RowDifference?> CompareAsync(
        Snapshot snapshot, IReadOnlyList<ReadModel> models, string tenant, CancellationToken cancellationToken)
    {
        foreach (var model in models)
        {
            if (await model.CompareAsync(snapshot, tenant, cancellationToken) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static void Print(DiffReport report, bool json)
    {
        if (json)
        {
            Printer.Json(report);
            return;
        }

        Printer.Facts(
        [
            ("verdict", report.Verdict),
            ("events", report.Events.ToString(CultureInfo.InvariantCulture)),
            .. report.Rows.Select(model => (model.Key, (string?)model.Value.ToString(CultureInfo.InvariantCulture))),
        ]);
        if (report.Difference is { } found)
        {
            Printer.Facts(
                ("first difference", $"{found.Model} {found.Id} of {found.Tenant} at {found.Path}"),
                ("live", found.Live ?? "nothing"),
                ("from events", found.Rebuilt ?? "nothing"));
        }
    }
}

/// <summary>What a comparison found.</summary>
/// <param name="Verdict"><c>good</c> or <c>readModelDiffers</c>.</param>
/// <param name="Rows">Rows compared, by read model.</param>
/// <param name="Difference">The first; null when there is none.</param>
internal sealed record DiffReport(
    string Verdict, int ExitCode, int Tenants, long Events, IReadOnlyDictionary<string, long> Rows,
    RowDifference? Difference, long Milliseconds)
{
    public static DiffReport Of(
        RowDifference? difference, int tenants, long events, IReadOnlyList<ReadModel> models, Stopwatch watch) => new(
        difference is null ? "good" : "readModelDiffers",
        difference is null ? Audit.ExitCode.Good : Audit.ExitCode.ReadModelDiffers,
        tenants,
        events,
        models.ToDictionary(model => model.Row.Name, model => model.Compared, StringComparer.Ordinal),
        difference,
        watch.ElapsedMilliseconds);
}
