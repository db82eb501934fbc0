namespace Platform.Workers.Markets.Import;

/// <summary>One row cannot be taken; the next may be fine. The message goes into the report.</summary>
public sealed class RowFaultException(string message) : Exception(message);
