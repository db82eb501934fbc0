namespace Platform.Tests.Support;

/// <summary>The checkout that a test was built from, for what lies outside its own output: launchers, scripts, samples.</summary>
public static class RepositoryRoot
{
    /// <summary>Absolute; the nearest folder above the test's binaries that holds the solution.</summary>
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The absolute path of something in the checkout, named from its root.</summary>
    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find(string? folder)
    {
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Platform.sln")))
            folder = System.IO.Path.GetDirectoryName(folder);

        return folder ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
