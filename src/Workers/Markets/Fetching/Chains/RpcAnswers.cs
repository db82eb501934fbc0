using System.Text.Json;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>A node's answers to a batch, by the ids of the questions.</summary>
internal sealed class RpcAnswers
{
    private readonly Dictionary<string, JsonElement> answers = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static RpcAnswers Read(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var read = new RpcAnswers();
        foreach (var answer in json.RootElement.EnumerateArray())
            read.answers[answer.GetProperty("id").GetString()!] = answer.Clone();
        return read;
    }

    /// <summary>The ids of one kind, "kind:…", with what is behind the colon.</summary>
    public IEnumerable<(string Id, string[] Parts)> OfKind(string kind) => answers.Keys
        .Where(id => id.StartsWith(kind + ":", StringComparison.Ordinal)).Select(id => (id, id[(kind.Length + 1)..].Split('|')));

    /// <summary>Null when the answer is an error, null, or missing.</summary>
    public JsonElement? Find(string id) => answers.TryGetValue(id, out var answer) ? answer.Optional("result") : null;

    /// <summary>Why there is no result.</summary>
    public string WhyNot(string id) => answers.TryGetValue(id, out var answer) && answer.Optional("error") is { } error
        ? $"{error.Optional("message")}"
        : "The node answered nothing.";

    /// <exception cref="FormatException">There is no such result.</exception>
    public JsonElement Of(string id) => Find(id) ?? throw new FormatException($"{id}: {WhyNot(id)}");

    /// <exception cref="FormatException">There is no such result.</exception>
    public string Text(string id) => Of(id).GetString() ?? throw new FormatException($"{id} has no text.");

    /// <summary>What a contract returned; null when it has nothing to say, as an address without code.</summary>
    public byte[]? Returned(string id) =>
        Find(id) is { ValueKind: JsonValueKind.String } result && Abi.Bytes(result.GetString()!) is { Length: > 0 } data ? data : null;

    /// <summary>When a block was mined, by its own clock.</summary>
    public static DateTimeOffset TimeOf(JsonElement block) =>
        DateTimeOffset.FromUnixTimeSeconds(Abi.Number(block.GetProperty("timestamp").GetString()!));
}
