using System.Text.Json;

namespace Platform.PaperVenue.Protocol;

/// <summary>One request on its way through an operation, from whichever surface it came.</summary>
/// <param name="AccountId">The caller's; 0 where an operation asks for no key.</param>
/// <param name="Json">Where the result goes; thrown away when the operation refuses.</param>
/// <param name="Now">Unix milliseconds, the moment the request arrived.</param>
public sealed record Call(Parameters Parameters, long AccountId, Utf8JsonWriter Json, long Now);

/// <summary>What a caller must show.</summary>
public enum Security
{
    Open,
    Signed,
}

/// <summary>One thing the venue can be asked, under its REST name and its WebSocket API name.</summary>
/// <param name="Method">The WebSocket API's name; null where only REST has it.</param>
/// <param name="Weight">What a call counts against the limit of the minute.</param>
public sealed record Operation(
    string Verb, string Path, string? Method, Security Security, int Weight, Func<Call, Task> RunAsync)
{
    /// <summary>True where a fault may be played, see the option <c>--faults</c>.</summary>
    public bool ChangesOrders => Verb is "POST" or "DELETE" && !Path.EndsWith("/test", StringComparison.Ordinal);

    public static Operation Open(string path, string? method, int weight, Action<Call> run) =>
        new("GET", path, method, Security.Open, weight, call => Done(run, call));

    public static Operation Signed(string path, string? method, int weight, Action<Call> run) =>
        new("GET", path, method, Security.Signed, weight, call => Done(run, call));

    public static Operation Order(string verb, string path, string? method, Func<Call, Task> runAsync) =>
        new(verb, path, method, Security.Signed, 1, runAsync);

    private static Task Done(Action<Call> run, Call call)
    {
        run(call);
        return Task.CompletedTask;
    }
}
