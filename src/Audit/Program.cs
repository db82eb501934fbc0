using System.CommandLine;
using System.Diagnostics;
using Platform.Audit;

var root = new RootCommand("Reads, verifies and replays what the platform has recorded. It never writes to the database.")
{
    Settings.Connection,
    Settings.Json,
    VerifyCommand.Create(),
    ExportCommand.Create(),
    ReplayCommand.Create(),
    DiffCommand.Create(),
};

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (UsageException exception)
{
    await Console.Error.WriteAsync($"{exception.Message}\n");
    return ExitCode.Usage;
}
catch (Exception exception)
{
    // The edge of the process: the person gets one line, and an id to find the rest by.
    await Console.Error.WriteAsync($"error: {exception.Message} (ray {ActivityTraceId.CreateRandom()}-acli)\n");
    return ExitCode.Failed;
}
