namespace Platform.Audit;

/// <summary>The caller has to ask differently; the message says how.</summary>
public sealed class UsageException(string message) : Exception(message);
