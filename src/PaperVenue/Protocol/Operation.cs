using System.Text.Json;

namespace Platform.PaperVenue.Protocol;

/// <summary>One request on its way through an operation, from whichever surface it came.</summary>
/// <param name="AccountId">The caller's; 0 where an operation asks for no key.</param>
/// <param name="Json">Where the result goes; thrown away when the operation refuses.</param>
/// <param name="Now">Unix milliseconds, the moment the request arrived.</param>
public sealed record OperationCall(Parameters Parameters, long AccountId, Utf8JsonWriter Json, long Now);

/// <summary>What a caller must show.</summary>
public enum Security
{
    /// <summary>Nothing.</summary>
    Public,

    /// <summary>An API key, and a signature made with its secret.</summary>
    Private,
}

/// <summary>One thing the venue can be asked, under its REST name and its WebSocket API name.</summary>
/// <param name="Method">The WebSocket API's name; null where only REST has it.</param>
/// <param name="Weight">What a call counts against the limit of the minute.</param>
public sealed record Operation(
    string Verb, string Path, string? Method, Security Security, int Weight, Func<OperationCall, Task> RunAsync)
{
    /// <summary>True where a fault may be played, see the option <c>--faults</c>.</summary>
    public bool ChangesOrders => Verb is "POST" or "DELETE" && !Path.EndsWith("/test", StringComparison.Ordinal);

    public static Operation Public(string path, string? method, int weight, Action<OperationCall> run) =>
        new("GET", path, method, Security.Public, weight, call => DoneAsync(run, call));

    public static Operation Private(string path, string? method, int weight, Action<OperationCall> run) =>
        new("GET", path, method, Security.Private, weight, call => DoneAsync(run, call));

    public static Operation Order(string verb, string path, string? method, Func<OperationCall, Task> runAsync) =>
        new(verb, path, method, Security.Private, 1, runAsync);

    private static Task DoneAsync(Action<OperationCall> run, OperationCall call)
    {
        run(call);
        return Task.CompletedTask;
    }
}
