namespace Platform.Audit;

/// <summary>What the process ends with; <see cref="Domain.Audit.AuditFault"/> has 2 to 5.</summary>
internal static class ExitCode
{
    public const int Good = 0;
    public const int Usage = 1;
    public const int ReadModelDiffers = 6;

    /// <summary>The tool could not do its work, such as when the database is away (sysexits EX_SOFTWARE).</summary>
    public const int Failed = 70;
}
