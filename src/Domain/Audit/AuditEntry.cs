using System.Buffers;
using System.Globalization;
using System.Text;
using Platform.Domain.Values;

namespace Platform.Domain.Audit;

/// <summary>
/// One line of the audit log: <c>{v, log, seq, ts, type, actor, ray, prev, payload}</c> in canonical bytes
/// (RFC 8785). Every member that an event has is in it, so that nothing of an event can be altered unseen.
/// The format is in docs/AUDITORS.md; a change to it is a new <c>v</c>.
/// </summary>
public static class AuditEntry
{
    /// <summary>Name of the log, of its checkpoints (their origin) and of the key that signs them.</summary>
    public const string Log = "platform/events";

    /// <summary>Version of the entry format.</summary>
    public const int Version = 1;

    /// <summary>RFC 3339, UTC, always six digits: the store's resolution.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>Writes the entry of an event that follows the link <paramref name="previous"/>.</summary>
    /// <exception cref="FormatException">The event holds a number or string without an exact canonical form.</exception>
    public static void Write(RecordedEvent recorded, Digest previous, IBufferWriter<byte> output)
    {
        // RFC 8785 sorts members by name, so they are written in that order from the start.
        output.Write("{\"actor\":"u8);
        CanonicalJson.WriteString(recorded.Actor, output, "null"u8);
        output.Write(",\"log\":\"platform/events\",\"payload\":"u8);
        WritePayload(recorded, output);
        Text(",\"prev\":\"", previous.ToString(), "\",\"ray\":", output);
        CanonicalJson.WriteString(recorded.Ray, output, "null"u8);
        Text(",\"seq\":", Number(recorded.Sequence), ",\"ts\":\"", output);
        var at = recorded.At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        Text(at, "\",\"type\":", "", output);
        CanonicalJson.WriteString(recorded.Type, output);
        output.Write(",\"v\":1}"u8);
    }

    private static void WritePayload(RecordedEvent recorded, IBufferWriter<byte> output)
    {
        output.Write("{\"causation\":"u8);
        CanonicalJson.WriteString(recorded.Causation, output, "null"u8);
        output.Write(",\"data\":"u8);
        CanonicalJson.Write(recorded.Data, output);
        output.Write(",\"dotnetType\":"u8);
        CanonicalJson.WriteString(recorded.DotNetType, output, "null"u8);
        Text(",\"eventId\":\"", recorded.Id.ToString(), "\",\"headers\":", output);
        if (recorded.Headers.IsEmpty)
        {
            output.Write("null"u8);
        }
        else
        {
            CanonicalJson.Write(recorded.Headers, output);
        }

        Text(",\"streamId\":\"", recorded.StreamId.ToString(), "\",\"tenant\":", output);
        CanonicalJson.WriteString(recorded.Tenant, output);
        Text(",\"version\":", Number(recorded.Version), "}", output);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Text(string before, string text, string after, IBufferWriter<byte> output)
    {
        Encoding.ASCII.GetBytes(before, output);
        Encoding.ASCII.GetBytes(text, output);
        Encoding.ASCII.GetBytes(after, output);
    }
}
