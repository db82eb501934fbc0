namespace Platform.Workers.Markets.Import;

/// <summary>The file is not imported, or not any further; the message says why, in words for the operator, and names no content.</summary>
public sealed class ImportRefusedException(string message) : Exception(message)
{
    internal static ImportRefusedException ForRejects() =>
        new($"More than {Importer.RejectsMax} rows were rejected: it is not what it looks like.");
}
