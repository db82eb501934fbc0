using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Platform.Api.Tests.Realtime;

namespace Platform.Api.Tests.Attacks;

/// <summary>Clients that misuse the hub: each is answered or cut off, and the next one is served as ever.</summary>
public sealed class HubTests : IAsyncLifetime
{
    private const string Ended = "\"type\":7";

    private readonly Stored stored = new();
    private PushHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        stored.Quotes["a"] = "0";
        host = await PushHost.StartAsync(stored);
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever was done to it, it serves others.
        await using (var client = await PushClient.ConnectAsync(host))
            Assert.Null((await client.WatchAsync("quote/a")).Code);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Attack_33_connection_watches_256_topics_and_what_is_beyond_costs_nothing()
    {
        const int topics = 100_000, perCall = 500;
        await using var client = await PushClient.ConnectAsync(host);
        List<string?> codes = [];
        for (var first = 0; first < topics; first += perCall)
            codes.AddRange((await client.WatchManyAsync(Enumerable.Range(first, perCall).Select(number => $"quote/{number}"))).Select(reply => reply.Code));

        Assert.All(codes, code => Assert.Contains(code, (string[])["too_many_topics", "rate_limited"]));
        Assert.Equal(0, host.Asked);
        var all = await client.WatchManyAsync(Enumerable.Range(0, 256).Select(number => $"quote/{number}"));
        Assert.All(all, reply => Assert.Contains(reply.Code, (string?[])[null, "rate_limited"]));
    }

    [Fact]
    public async Task Attack_33_many_topics_in_a_call_count_as_more_than_one_call()
    {
        await using var client = await PushClient.ConnectAsync(host);
        for (var call = 0; call < 50; call++)
            await client.WatchManyAsync(Enumerable.Range(0, 250).Select(number => $"trades/{number}"));

        Assert.InRange(host.Asked, 250, 20 * 250);
    }

    [Theory]
    [InlineData("ToString")]
    [InlineData("GetHashCode")]
    [InlineData("GetType")]
    [InlineData("Equals")]
    [InlineData("Finalize")]
    [InlineData("MemberwiseClone")]
    [InlineData("Dispose")]
    [InlineData("OnConnectedAsync")]
    [InlineData("OnDisconnectedAsync")]
    [InlineData("WatchAsync")]
    [InlineData("get_Context")]
    [InlineData("get_Session")]
    [InlineData("f")]
    [InlineData("")]
    public async Task Attack_34_method_that_is_not_offered_is_not_there(string method)
    {
        using var hub = await RawHub.ConnectAsync(host.Address);
        await hub.SendAsync($$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":[]}""");

        Assert.Contains("HubException: Method does not exist.", await hub.UntilAsync("\"type\":3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_35_message_that_does_not_end_ends_the_connection()
    {
        using var hub = await RawHub.ConnectAsync(host.Address);
        var said = hub.UntilClosedAsync();
        var (part, sent) = (new byte[4096], 0);
        Array.Fill(part, (byte)' ');
        try
        {
            for (; !said.IsCompleted && sent < 100 << 20; sent += part.Length)
                await hub.SendAsync(part, isEnd: false);
        }
        catch (WebSocketException)
        {
            // Cut off while we spoke.
        }

        await said;
        Assert.InRange(sent, 0, 10 << 20);
    }

    [Fact]
    public async Task Attack_35_nothing_that_is_compressed_is_taken()
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.DangerousDeflateOptions = new();
        await socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/hub" }.Uri, Cancel);

        Assert.DoesNotContain(
            socket.HttpResponseHeaders!, header => header.Key.Equals("Sec-WebSocket-Extensions", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("messagepack")]
    [InlineData("blazorpack")]
    [InlineData("xml")]
    public async Task Attack_37_other_protocol_than_JSON_is_not_spoken(string protocol)
    {
        using var hub = await RawHub.OpenAsync(host.Address);
        await hub.SendAsync($$"""{"protocol":"{{protocol}}","version":1}""");

        Assert.Contains("\"error\":", await hub.UntilClosedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_37_bytes_of_MessagePack_end_the_connection()
    {
        using var hub = await RawHub.ConnectAsync(host.Address);
        // An array of 2^31 elements, and a map of as many.
        await hub.SendAsync(new byte[] { 0xdd, 0x7f, 0xff, 0xff, 0xff, 0xdf, 0x7f, 0xff, 0xff, 0xff, 0x1e }, isEnd: true);

        await hub.UntilClosedAsync();
    }

    [Theory]
    [InlineData("""{"type":1,"invocationId":"1","target":"Watch","arguments":"quote/a"}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Watch","arguments":[]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Watch","arguments":[[],[]]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Watch","arguments":[{"topic":"quote/a"}]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Watch","arguments":[[{"topic":7}]]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Watch","arguments":[[{"topic":"quote/a","sequence":1e400}]]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Watch","arguments":[[{"topic":"quote/a","sequence":99999999999999999999}]]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Watch","arguments":[[{"topic":"quote/a","$type":"System.Object"}]]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Watch","arguments":[[null]]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Watch","arguments":[null]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Watch","arguments":[[{"topic":null}]]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Unwatch","arguments":[["a"]]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Unwatch","arguments":[null]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Authenticate","arguments":[null]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Authenticate","arguments":[{}]}""")]
    [InlineData("""{"type":4,"invocationId":"1","target":"Watch","arguments":[[]]}""")]
    [InlineData("""{"type":"1"}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("no json")]
    [InlineData("deep")]
    public async Task Attack_37_frame_that_makes_no_sense_is_an_error_and_tells_nothing_of_the_inside(string frame)
    {
        using var hub = await RawHub.ConnectAsync(host.Address);
        await hub.SendAsync(frame is "deep"
            ? $$"""{"type":1,"invocationId":"1","target":"Watch","arguments":[{{new string('[', 10_000)}}{{new string(']', 10_000)}}]}"""
            : frame);

        // Answered with an error, or told nothing and closed; what is unknown to the protocol is passed over.
        await hub.SendAsync("""{"type":1,"invocationId":"last","target":"Nothing","arguments":[]}""");
        var said = await hub.UntilAsync("\"invocationId\":\"last\"");
        Assert.True(said.Contains("\"error\":", StringComparison.Ordinal) || said.Contains("\"code\":\"no_such_topic\"", StringComparison.Ordinal) || said.Length == 0, said);
        foreach (var inside in (string[])["System.", "Platform.", "Microsoft.", "   at ", "NullReference", "Json"])
            Assert.DoesNotContain(inside, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":1,"invocationId":1,"target":"Watch","arguments":[[]]}""")]
    [InlineData("""{"type":1,"invocationId":-1,"target":"Watch","arguments":[[]]}""")]
    [InlineData("""{"type":1,"invocationId":{},"target":"Watch","arguments":[[]]}""")]
    [InlineData("""{"type":3,"invocationId":7,"result":1}""")]
    public async Task Attack_38_call_whose_name_is_no_text_ends_the_connection(string frame)
    {
        using var hub = await RawHub.ConnectAsync(host.Address);
        await hub.SendAsync(frame);

        Assert.Contains(Ended, await hub.UntilClosedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_38_names_that_are_used_again_or_are_nobodys_mix_up_no_answers()
    {
        using var hub = await RawHub.ConnectAsync(host.Address);
        foreach (var topic in (string[])["quote/a", "nothing/a", "quote/b"])
            await hub.SendAsync($$"""{"type":1,"invocationId":"same","target":"Watch","arguments":[[{"topic":"{{topic}}"}]]}""");
        await hub.SendAsync($$"""{"type":1,"invocationId":"{{new string('9', 10_000)}}","target":"Watch","arguments":[[]]}""");
        // Answers, elements and an end of streams that nobody began.
        await hub.SendAsync("""{"type":5,"invocationId":"none"}""");
        await hub.SendAsync("""{"type":1,"invocationId":"last","target":"Watch","arguments":[[]]}""");
        var said = await hub.UntilAsync("\"invocationId\":\"last\"");

        string[] asked = ["quote/a", "nothing/a", "quote/b"];
        Assert.Equal(asked, Answers(said, "same").Select(answer => answer.GetProperty("result")[0].GetProperty("topic").GetString()!));
        Assert.Single(Answers(said, new string('9', 10_000)));
    }

    private static IEnumerable<JsonElement> Answers(string said, string name) => said.Split('\u001e', StringSplitOptions.RemoveEmptyEntries)
        .Select(text => JsonDocument.Parse(Encoding.UTF8.GetBytes(text)).RootElement)
        .Where(message => message.TryGetProperty("invocationId", out var id) && id.ValueEquals(name));
}
