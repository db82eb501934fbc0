using Platform.PaperVenue;
using Platform.PaperVenue.Replay;
using Platform.PaperVenue.Running;

return await CommandLine.RunAsync(args, async options =>
{
    try
    {
        await using var app = await VenueHost.BuildAsync(options, TimeProvider.System);
        try
        {
            await app.StartAsync();
            await Console.Out.WriteLineAsync($"Paper venue ready on http://{options.Host}:{options.Port}");
            await app.WaitForShutdownAsync();
        }
        finally
        {
            // Also when another has the port: the house trades by then and is to stop in good order.
            await app.StopAsync();
        }
        return Environment.ExitCode;
    }
    catch (Exception failure) when (failure is IOException or UnreadableRecordingException)
    {
        await Console.Error.WriteLineAsync($"papervenue: {failure.Message}");
        return 1;
    }
});
