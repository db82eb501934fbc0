using System.Buffers;
using System.Text.Json;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>One question of a batch. The id comes back with the answer, so it holds all that a parser must know.</summary>
/// <param name="Parameters">JSON, an array.</param>
internal sealed record RpcCall(string Id, string Method, string Parameters)
{
    public static RpcCall Contract(string id, string to, string data, string block) =>
        new(id, "eth_call", $$"""[{"to":"{{Abi.Checked(to)}}","data":"{{data}}"},"{{block}}"]""");

    /// <summary>A block without its transactions.</summary>
    public static RpcCall Block(string id, string block) => new(id, "eth_getBlockByNumber", $"""["{block}",false]""");
}

/// <summary>A node of an EVM chain, asked by JSON-RPC 2.0 in batches: all answers to one question in one body.</summary>
public sealed class EvmNode(FetchClient client, ChainNode node)
{
    /// <summary>Nodes for the public take about so many in a batch.</summary>
    public const int BatchMax = 100;

    // The words for "too often" that nodes have; 429 is HTTP's.
    private static readonly int[] TooOften = [-32005, 429];

    public ChainNode Node => node;

    public string Chain => node.Chain;

    internal FetcherTerms TermsOf(string type, string summary, TimeSpan every, GapRule gaps, TimeSpan? kept) => new(
        FetcherId.Of(type, node.Chain), summary, $"JSON-RPC of a node of {node.Chain}", FetchSchedule.Every(every),
        new(node.Chain, CallsMax: 600, TimeSpan.FromMinutes(1)), Licence.OwnAccess, StaleAfter: (every * 4) + TimeSpan.FromMinutes(1), gaps,
        Parser: 1, RawKept: TimeSpan.FromDays(2), FactsKept: kept, NeedsKey: node.Url.Contains("{key}", StringComparison.Ordinal));

    /// <summary>The number of the newest block.</summary>
    /// <exception cref="FetchException">The node did not say.</exception>
    internal async Task<long> HeadAsync(CancellationToken cancellationToken)
    {
        var answers = RpcAnswers.Read(await AskAsync([new("head", "eth_blockNumber", "[]")], cancellationToken));
        return Abi.Number(answers.Text("head"));
    }

    /// <summary>The node's answers, unparsed.</summary>
    /// <exception cref="FetchException">There are none; a single question that failed is no reason.</exception>
    internal async Task<ReadOnlyMemory<byte>> AskAsync(IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken)
    {
        if (calls.Count > BatchMax)
            return await AskInPartsAsync(calls, cancellationToken);

        var body = await client.AskAsync(
            new(node.Chain, client.AddressOf(node.Chain, node.Url)) { Json = Body(calls) }, cancellationToken);
        Require(body);
        return body;
    }

    // One array out of several: whoever reads it sees no difference.
    private async Task<ReadOnlyMemory<byte>> AskInPartsAsync(IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken)
    {
        List<ReadOnlyMemory<byte>> parts = [];
        foreach (var part in calls.Chunk(BatchMax))
            parts.Add(await AskAsync(part, cancellationToken));
        return Joined(parts);
    }

    internal static ReadOnlyMemory<byte> Joined(IReadOnlyList<ReadOnlyMemory<byte>> arrays)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var array in arrays)
            {
                using var json = JsonDocument.Parse(array);
                foreach (var answer in json.RootElement.EnumerateArray())
                    answer.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }

    private static byte[] Body(IReadOnlyList<RpcCall> calls)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var call in calls)
            {
                writer.WriteStartObject();
                writer.WriteString("jsonrpc", "2.0");
                writer.WriteString("id", call.Id);
                writer.WriteString("method", call.Method);
                writer.WritePropertyName("params");
                writer.WriteRawValue(call.Parameters);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // A node that refuses the whole batch answers with one object.
    private void Require(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var errors = json.RootElement.ValueKind is JsonValueKind.Array
                ? json.RootElement.EnumerateArray().Select(answer => answer.Optional("error")).OfType<JsonElement>().ToList()
                : [json.RootElement.Optional("error") ?? throw new FetchException(FetchFault.Unreadable, $"{Chain}: the node answered no batch.")];
            if (errors.Any(error => TooOften.Contains(error.GetProperty("code").GetInt32())))
                throw new FetchException(FetchFault.Throttled, $"{Chain}: the node was asked too often.");
            if (json.RootElement.ValueKind is not JsonValueKind.Array)
                throw new FetchException(FetchFault.Refused, $"{Chain}: {errors[0].Optional("message")}");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FetchException(FetchFault.Unreadable, $"{Chain}: the node answered no JSON-RPC.", cause: error);
        }
    }
}
