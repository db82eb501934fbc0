using System.Text.RegularExpressions;
using Platform.Tests.Support;

namespace Platform.Workers.Tests.Markets.Venues.Unfollowed;

/// <summary>Recordings of what the platform does not follow, by the way in which each would come in.</summary>
public static partial class UnfollowedRecording
{
    private const string Endpoints = "binance-net/Endpoints/";
    private const string Payloads = "nautilus/venue-payloads/";

    private enum Way
    {
        RestAnswer,
        SocketAnswer,
        Message,
    }

    public static TheoryData<string> All => new(Files);

    public static TheoryData<string> RestAnswers => Of(Way.RestAnswer);

    /// <summary>Answers to calls that go by WebSocket.</summary>
    public static TheoryData<string> SocketAnswers => Of(Way.SocketAnswer);

    /// <summary>What a stream says; and what a client says to one, for a venue that gives it back.</summary>
    public static TheoryData<string> Messages => Of(Way.Message);

    /// <summary>The same without those of venues where the account's own stream is not followed at all.</summary>
    public static TheoryData<string> AccountMessages =>
        new(Files.Where(file => WayOf(file) is Way.Message && VenueOf(file) is not "kraken-futures"));

    private static IEnumerable<string> Files => RecordedList.NotFollowed.Select(entry => entry.Pattern);

    /// <exception cref="ArgumentOutOfRangeException">Nobody said yet whose it is.</exception>
    public static string VenueOf(string file) => file switch
    {
        _ when file.StartsWith("binance-net/", StringComparison.Ordinal) => "binance",
        _ when file.StartsWith($"{Payloads}binance/", StringComparison.Ordinal) => "binance",
        _ when file.StartsWith($"{Payloads}kraken/", StringComparison.Ordinal) =>
            file.Contains("futures", StringComparison.Ordinal) ? "kraken-futures" : "kraken",
        _ => throw new ArgumentOutOfRangeException(nameof(file), file, "Nobody said whose it is."),
    };

    /// <summary>Method, path, and whether it was signed; what was recorded without its call was asked for openly.</summary>
    public static (HttpMethod Method, string Path, bool IsSigned) CallIn(string file) =>
        IsEndpoint(file) && Read(file).Split('\n', 4) is [var method, var path, var isSigned, ..]
            ? (HttpMethod.Parse(method.Trim()), path.Trim(), bool.Parse(isSigned))
            : (HttpMethod.Get, "/recorded", false);

    /// <summary>What the venue said, one after another; of an answer without a body an empty text.</summary>
    public static IReadOnlyList<string> SaidIn(string file)
    {
        var text = Read(file);
        if (IsEndpoint(file))
            return [string.Join('\n', text.Split('\n').Skip(3)).Trim()];
        return file.StartsWith("binance-net/", StringComparison.Ordinal)
            ? [.. from said in Beginning().Split(text)
                  where said is ['<' or '=', ..]
                  select Placeholder().Replace(said[said.IndexOf('{', StringComparison.Ordinal)..], "1")]
            : [text.Trim()];
    }

    private static TheoryData<string> Of(Way way) => new(Files.Where(file => WayOf(file) == way));

    private static Way WayOf(string file) => file[(file.LastIndexOf('/') + 1)..] switch
    {
        _ when IsEndpoint(file) || file.Contains("/http_json/", StringComparison.Ordinal) => Way.RestAnswer,
        _ when file.StartsWith("binance-net/Socket/", StringComparison.Ordinal) => Way.SocketAnswer,
        _ when file.StartsWith("binance-net/Subscriptions/", StringComparison.Ordinal) => Way.Message,
        var name when name.StartsWith("http_", StringComparison.Ordinal) => Way.RestAnswer,
        var name when name.Contains("_response", StringComparison.Ordinal) => Way.SocketAnswer,
        var name when name.StartsWith("ws_", StringComparison.Ordinal) => Way.Message,
        _ => throw new ArgumentOutOfRangeException(nameof(file), file, "Nobody said by which way it comes in."),
    };

    private static bool IsEndpoint(string file) => file.StartsWith(Endpoints, StringComparison.Ordinal);

    private static string Read(string file) => File.ReadAllText(RecordedMarketData.Path(file));

    // ">" begins what the client says, "<" what it waits for, "=" what concerns it; a number where there are several clients.
    [GeneratedRegex("^(?=[<>=])", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Beginning();

    // The number of the call to which this is the answer.
    [GeneratedRegex("(?<!\")\\|\\w+\\|", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
