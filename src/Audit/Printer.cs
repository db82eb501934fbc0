using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Platform.Audit;

/// <summary>Prints a result for a person or, with <c>--json</c>, for a program.</summary>
internal static class Printer
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        WriteIndented = true,
    };

    public static void Json<T>(T result) => Console.Out.Write(JsonSerializer.Serialize(result, Options) + "\n");

    /// <summary>Two columns: what, and its value.</summary>
    public static void Facts(params IEnumerable<(string Name, string? Value)> facts)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn("");
        foreach (var (name, value) in facts)
        {
            table.AddRow(new Text(name), new Text(value ?? "-"));
        }

        Wide().Write(table);
    }

    public static void Rows(string title, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Simple).Title(new TableTitle(title));
        table.AddColumns([.. columns]);
        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        Wide().Write(table);
    }

    // A pipe has no width: a line there is never broken.
    private static IAnsiConsole Wide()
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 240;
        }

        return console;
    }
}
