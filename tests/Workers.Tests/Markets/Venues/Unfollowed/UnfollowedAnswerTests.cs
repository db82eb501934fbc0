using System.Text.Json;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Markets.Venues.Budgets;
using Platform.Workers.Markets.Venues.Kraken;
using Platform.Workers.Markets.Venues.KrakenFutures;
using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Tests.Markets.Venues.Unfollowed;

/// <summary>Answers to calls that the platform never makes, recorded: whoever will make them finds them told for what they are.</summary>
public sealed class UnfollowedAnswerTests(UnfollowedVenue venue) : IClassFixture<UnfollowedVenue>
{
    [Theory, Reads("{0}"), MemberData(nameof(UnfollowedRecording.RestAnswers), MemberType = typeof(UnfollowedRecording))]
    public async Task Success_is_told_with_all_that_it_holds_and_an_answer_without_words_is_doubt(string file)
    {
        var said = Assert.Single(UnfollowedRecording.SaidIn(file));
        var (method, path, isSigned) = UnfollowedRecording.CallIn(file);

        var (answer, askedBy, askedFor) = await AskAsync(file, 200, said);

        Assert.Equal((method.Method, path), (askedBy, askedFor.Split('?')[0]));
        Assert.Equal(isSigned && method != HttpMethod.Post, askedFor.Contains("signature=", StringComparison.Ordinal));
        if (said.Length > 0)
            Assert.Equal(PayloadIn(file, said), Assert.IsType<VenueAnswer<string>.Answered>(answer).Value);
        else
            Assert.Equal(UnknownCause.Unreadable, Assert.IsType<VenueAnswer<string>.Unknown>(answer).Cause);
    }

    [Theory, Reads("{0}"), MemberData(nameof(UnfollowedRecording.RestAnswers), MemberType = typeof(UnfollowedRecording))]
    public async Task No_words_of_success_outweigh_the_status_of_a_failure(string file) => Assert.IsNotType<VenueAnswer<string>.Answered>(
        (await AskAsync(file, 400, Assert.Single(UnfollowedRecording.SaidIn(file)))).Answer);

    [Theory, Reads("{0}"), MemberData(nameof(UnfollowedRecording.SocketAnswers), MemberType = typeof(UnfollowedRecording))]
    public void Success_by_socket_is_told_with_all_that_it_holds_and_what_was_counted(string file)
    {
        var said = RecordedVenueData.Json(Assert.Single(UnfollowedRecording.SaidIn(file)));
        var calls = CallsOf(file);

        var carried = calls.Read(said);
        var answer = ProtocolOf(file).Verdict(carried.Status, JsonElement.Parse(carried.Body));

        Assert.NotNull(calls.IdOf(said));
        Assert.Null(carried.RetryIn);
        Assert.Equal(CountIn(said), carried.Counted);
        Assert.True(JsonElement.DeepEquals(
            said.GetProperty("result"), Assert.IsType<VenueAnswer<JsonElement>.Answered>(answer).Value));
    }

    private Task<(VenueAnswer<string> Answer, string Method, string Target)> AskAsync(string file, int status, string said)
    {
        var (method, path, isSigned) = UnfollowedRecording.CallIn(file);
        return venue.AskAsync(
            UnfollowedRecording.VenueOf(file), ProtocolOf(file), new(method, path, []) { IsSigned = isSigned }, (status, said));
    }

    private static string PayloadIn(string file, string said)
    {
        var answer = RecordedVenueData.Json(said);
        return (UnfollowedRecording.VenueOf(file) is "kraken" ? answer.GetProperty("result") : answer).GetRawText();
    }

    /// <summary>The weight of a minute, where the answer tells it.</summary>
    private static LimitReading? CountIn(JsonElement said) =>
        said.TryGetProperty("rateLimits", out var limits)
        && limits.EnumerateArray().SingleOrDefault(limit => limit.GetProperty("rateLimitType").ValueEquals("REQUEST_WEIGHT"))
            is { ValueKind: JsonValueKind.Object } weight
            ? new(BinanceProtocol.Weight, weight.GetProperty("count").GetInt32(), weight.GetProperty("limit").GetInt32())
            : null;

    private static IVenueProtocol ProtocolOf(string file) => UnfollowedRecording.VenueOf(file) switch
    {
        "kraken" => new KrakenProtocol(),
        "kraken-futures" => new KrakenFuturesProtocol(),
        _ => new BinanceProtocol(),
    };

    private static ICallProtocol CallsOf(string file)
    {
        if (UnfollowedRecording.VenueOf(file) is not "kraken")
            return new BinanceCallProtocol(new("ws://localhost"));
        var link = WireLinks.Of("kraken");
        return new KrakenCallProtocol(link, new(link, ProtocolOf(file)));
    }
}
