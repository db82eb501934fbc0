using System.Text;
using System.Text.Json;
using Platform.Domain.Audit;
using Platform.Projections.Audit;

namespace Platform.Audit;

/// <summary>Writes an export line by line; the format is in docs/AUDITORS.md.</summary>
/// <param name="pool">Whose events are shown; null shows all.</param>
internal sealed class ExportWriter(FileInfo file, Guid? pool) : IAsyncDisposable
{
    private readonly FileStream stream = new(
        file.FullName, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 20, useAsync: false);

    private readonly string? tenant = pool?.ToString();

    public ValueTask HeaderAsync(NoteKey key, long size, CancellationToken cancellationToken) =>
        LineAsync("header", new { v = AuditEntry.Version, log = AuditEntry.Log, key = key.ToString(), pool, size }, cancellationToken);

    public async ValueTask EntryAsync(EventHolds entry, CancellationToken cancellationToken)
    {
        var shown = tenant is null || string.Equals(tenant, entry.Recorded.Tenant, StringComparison.Ordinal);
        if (shown)
        {
            await stream.WriteAsync("{\"entry\":"u8.ToArray(), cancellationToken);
            await stream.WriteAsync(entry.Bytes, cancellationToken);
        }

        var leaf = $"{(shown ? "," : "{")}\"leaf\":\"{entry.Leaf}\"}}\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(leaf), cancellationToken);
    }

    public ValueTask CheckpointAsync(string note, bool last, CancellationToken cancellationToken) =>
        LineAsync(last ? "closing" : "checkpoint", note, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stream.FlushAsync();
        stream.Flush(flushToDisk: true);
        await stream.DisposeAsync();
    }

    private ValueTask LineAsync<T>(string name, T value, CancellationToken cancellationToken) =>
        stream.WriteAsync(
            Encoding.UTF8.GetBytes($"{{\"{name}\":{JsonSerializer.Serialize(value)}}}\n"), cancellationToken);
}
