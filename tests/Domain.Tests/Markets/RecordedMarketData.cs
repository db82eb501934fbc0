namespace Platform.Domain.Tests.Markets;

/// <summary>Real recorded data, kept beside the checkout; a test that needs it is skipped where it is absent.</summary>
internal static class RecordedMarketData
{
    public static string Path(params string[] parts)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(System.IO.Path.Combine(root.FullName, "Platform.sln")))
            root = root.Parent;
        var path = System.IO.Path.Combine([root?.FullName ?? ".", "..", "shared", "data", "market", .. parts]);
        Assert.SkipUnless(File.Exists(path), $"The recorded data {string.Join('/', parts)} is not beside the checkout.");
        return path;
    }
}
