using Spectre.Console;

namespace Platform.Api.Secrets;

/// <summary>How the commands speak: results on standard output, all else on standard error.</summary>
internal static class Terminal
{
    private const int RedirectedWidth = 240;

    /// <summary>For progress and remarks.</summary>
    public static IAnsiConsole Remarks { get; } = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });

    public static void Print(Table table)
    {
        // A file or a pipe has no width to fit in.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = RedirectedWidth;
        AnsiConsole.Write(table.Border(TableBorder.Simple));
    }
}
