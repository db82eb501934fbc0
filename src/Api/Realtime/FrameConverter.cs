using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Workers.Realtime;

namespace Platform.Api.Realtime;

/// <summary>Copies a frame's bytes as they are into SignalR's message: the frame is JSON already.</summary>
internal sealed class FrameConverter : JsonConverter<Frame>
{
    public override Frame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Frames go to clients only.");

    public override void Write(Utf8JsonWriter writer, Frame value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Bytes.Span, skipInputValidation: true);
}
