namespace Platform.PaperVenue.Tests;

/// <summary>Recorded market data beside the checkout; tests that need it are skipped where it is not.</summary>
internal static class MarketData
{
    /// <summary>Null when there is none.</summary>
    public static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("PLATFORM_MARKET_DATA") is { } told)
            return told;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared", "data", "market");
            if (Directory.Exists(shared))
                return shared;
        }
        return null;
    }

    /// <summary>Skips the test, saying why, when the file is not there.</summary>
    public static string File(string path)
    {
        var file = Path.Combine(Folder() ?? "", path);
        Assert.SkipUnless(System.IO.File.Exists(file), $"The recorded data is not there: {path}");
        return file;
    }
}
