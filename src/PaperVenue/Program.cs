using Platform.PaperVenue;
using Platform.PaperVenue.Running;

return await CommandLine.RunAsync(args, async options =>
{
    try
    {
        await using var app = VenueHost.Build(options, TimeProvider.System);
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"Paper venue ready on http://{options.Host}:{options.Port}");
        await app.WaitForShutdownAsync();
        return Environment.ExitCode;
    }
    catch (IOException failure)
    {
        await Console.Error.WriteLineAsync($"papervenue: {failure.Message}");
        return 1;
    }
});
