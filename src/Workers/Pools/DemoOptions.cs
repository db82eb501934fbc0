namespace Platform.Workers.Pools;

/// <summary>A pool to try the platform with; the section <c>Platform:Demo</c>.</summary>
public sealed class DemoOptions
{
    public const string Section = "Platform:Demo";

    /// <summary>Null: no demo.</summary>
    public string? Email { get; set; }

    public string? Password { get; set; }
}
