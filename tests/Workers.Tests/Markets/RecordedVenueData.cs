using System.Text.Json;
using Platform.Tests.Support;

namespace Platform.Workers.Tests.Markets;

/// <summary>What venues really say, recorded, by the ways in which the recordings write it.</summary>
internal static class RecordedVenueData
{
    /// <summary>The JSON of a REST answer of Binance.Net's recordings: the file less method, path and signed flag.</summary>
    public static string Endpoint(string name) => AnswerIn(ReadBinance("Endpoints/Spot/" + name));

    /// <summary>The message that follows the "=" of Binance.Net's recorded subscriptions.</summary>
    public static string Subscription(string name) => MessageIn(ReadBinance("Subscriptions/Spot/" + name));

    /// <summary>A whole message of the WebSocket API, answer or not.</summary>
    /// <param name="file">Below binance-net, without the ending.</param>
    public static string Message(string file) => MessageIn(ReadBinance(file));

    /// <summary>A REST answer, or what the WebSocket API gives as the result of the same question.</summary>
    /// <param name="file">Below binance-net, without the ending.</param>
    public static JsonElement Answer(string file, string member = "")
    {
        var text = ReadBinance(file);
        var answer = file.StartsWith("Socket/", StringComparison.Ordinal)
            ? Json(MessageIn(text)).GetProperty("result")
            : Json(AnswerIn(text));
        return member.Length > 0 ? answer.GetProperty(member) : answer;
    }

    /// <summary>A payload of nautilus_trader's recordings.</summary>
    public static string Payload(string name) =>
        File.ReadAllText(RecordedMarketData.Path("nautilus", "venue-payloads", "binance", "spot", name + ".json"));

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static string ReadBinance(string file) => File.ReadAllText(RecordedMarketData.Path($"binance-net/{file}.txt"));

    private static string AnswerIn(string text) => string.Join('\n', text.Split('\n')[3..]);

    private static string MessageIn(string text) => text[(text.IndexOf("\n=", StringComparison.Ordinal) + 2)..];
}
