using System.Buffers;
using System.Text.Json;
using Platform.Domain.Audit;

namespace Platform.Audit;

/// <summary>Verifies an export line by line; the format is in docs/AUDITORS.md.</summary>
internal sealed class ExportReader(AuditVerifier verifier, NoteKey trusted)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private bool opened;
    private bool closed;

    /// <summary>Null when the whole file holds.</summary>
    /// <exception cref="UsageException">Not an export.</exception>
    public async Task<AuditFinding?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        await foreach (var (line, whole) in LineReader.LinesAsync(stream, cancellationToken))
        {
            if (!whole)
            {
                return Cut();
            }

            if (Read(line) is { } finding)
            {
                return finding;
            }
        }

        return closed ? null : Cut();
    }

    private AuditFinding? Read(ReadOnlySequence<byte> line)
    {
        if (closed)
        {
            return Broken("Something follows the closing checkpoint.");
        }

        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            return opened ? Step(document.RootElement) : Open(document.RootElement);
        }
        catch (JsonException)
        {
            return opened ? Broken("The line is not JSON.") : throw NoExport();
        }
    }

    private AuditFinding? Open(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object || !line.TryGetProperty("header", out var header)
            || !header.TryGetProperty("v", out var version) || version.ToString() is not "1"
            || !header.TryGetProperty("key", out var key) || NoteKey.Parse(key.ToString()) is not { } named)
        {
            throw NoExport();
        }

        opened = true;
        return string.Equals(named.ToString(), trusted.ToString(), StringComparison.Ordinal)
            ? null
            : new(AuditFault.UntrustedKey, 0, $"The export names another key: {named}");
    }

    private AuditFinding? Step(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            return Broken("The line is not an object.");
        }

        if (line.TryGetProperty("checkpoint", out var checkpoint))
        {
            return verifier.Checkpoint(checkpoint.ToString());
        }

        if (line.TryGetProperty("closing", out var closing))
        {
            closed = true;
            return verifier.Checkpoint(closing.ToString());
        }

        if (!line.TryGetProperty("leaf", out var stated) || !Digest.TryParse(stated.ToString(), out var leaf))
        {
            return Broken("The line has no leaf.");
        }

        if (line.TryGetProperty("entry", out var entry))
        {
            return verifier.Entry(entry, leaf);
        }

        verifier.Hidden(leaf);
        return null;
    }

    private AuditFinding Broken(string reason) => new(AuditFault.BrokenChain, verifier.Chain.Sequence + 1, reason);

    private AuditFinding Cut() => new(AuditFault.Truncated, verifier.Chain.Sequence, "The export has no closing checkpoint.");

    private static UsageException NoExport() => new("The file is not an export of the audit log.");
}
