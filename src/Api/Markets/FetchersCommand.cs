using System.CommandLine;
using System.Globalization;
using Platform.Api.Secrets;
using Platform.Workers.Markets.Fetching;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Secrets;
using Spectre.Console;

namespace Platform.Api.Markets;

/// <summary><c>platform fetchers list|run|read-again</c>: what is fetched from outside, now and by hand.</summary>
internal static class FetchersCommand
{
    private const int SomeFailed = 1;

    private static readonly Argument<string> Which = new("fetcher")
    {
        Description = "TYPE or TYPE@SOURCE, of which * may replace the end: macro.bonds, chain.*@eip155:1.",
    };

    public static Command Create(IServiceProvider services)
    {
        var list = new Command("list", "Show every fetcher and how it fares.");
        list.SetAction((_, stop) => ListAsync(services.GetRequiredService<FetcherReports>(), stop));
        var run = new Command("run", "Run fetchers now, whatever their schedule says.") { Which };
        run.SetAction((arguments, stop) => RunAsync(services, Meant(services, arguments), stop));
        var again = new Command("read-again", "Run the present parser over the answers that were kept.") { Which };
        again.SetAction((arguments, stop) => ReadAgainAsync(services, Meant(services, arguments), stop));
        return new("fetchers", "What is fetched from venues, chains and central banks.") { list, run, again };
    }

    private static IReadOnlyList<IFetcher> Meant(IServiceProvider services, ParseResult arguments) =>
        services.GetRequiredService<FetcherCatalog>().MeantBy(arguments.GetRequiredValue(Which)) is { Count: > 0 } meant
            ? meant
            : throw new UsageException("No fetcher is called that; platform fetchers list shows all.");

    private static async Task<int> ListAsync(FetcherReports reports, CancellationToken stop)
    {
        var table = new Table().AddColumns("Fetcher", "State", "Last success", "Next", "Facts", "Gaps", "Fault");
        foreach (var report in await reports.AllAsync(stop))
            table.AddRow(
                Markup.Escape(report.Terms.Id.Value), report.State.ToString().ToLowerInvariant(), Time(report.Row?.SucceededAt), Time(report.Row?.DueAt),
                Text(report.Row?.Facts ?? 0), Text(report.Row?.Gaps ?? 0),
                Markup.Escape(report.Row is { Fault: { } fault, Detail: var detail } ? $"{fault}: {detail}" : "-"));
        Terminal.Print(table);
        return 0;
    }

    private static async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<IFetcher> meant, CancellationToken stop)
    {
        // Only some need a key: a vault that stays sealed hinders those alone.
        await services.GetRequiredService<VaultSeal>().RefreshAsync(stop);
        var switches = services.GetRequiredService<KillSwitchFollower>();
        await switches.StartAsync(stop);
        var table = new Table().AddColumns("Fetcher", "Calls", "New facts", "Rejected", "Fault");
        var code = 0;
        foreach (var (id, outcome) in await services.GetRequiredService<FetcherFleet>().RunNowAsync(meant, stop))
        {
            var fault = outcome switch
            {
                null => "runs elsewhere now",
                { Failed: { } failed } => $"{failed.Fault}: {failed.Message}",
                _ => "-",
            };
            table.AddRow(
                Markup.Escape(id.Value), Text(outcome?.Calls ?? 0), Text(outcome?.Facts ?? 0), Text(outcome?.Rejected ?? 0), Markup.Escape(fault));
            if (outcome is not { Failed: null })
                code = SomeFailed;
        }

        await switches.StopAsync(stop);
        Terminal.Print(table);
        return code;
    }

    private static async Task<int> ReadAgainAsync(IServiceProvider services, IReadOnlyList<IFetcher> meant, CancellationToken stop)
    {
        var history = services.GetRequiredService<FetchHistory>();
        var table = new Table().AddColumns("Fetcher", "Answers", "Unreadable", "New or other facts");
        foreach (var fetcher in meant)
        {
            var read = await history.ReadAgainAsync(fetcher, stop);
            table.AddRow(Markup.Escape(fetcher.Terms.Id.Value), Text(read.Answers), Text(read.Unreadable), Text(read.Facts));
        }

        Terminal.Print(table);
        return 0;
    }

    private static string Time(DateTimeOffset? at) => at?.ToString("u", CultureInfo.InvariantCulture) ?? "-";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
