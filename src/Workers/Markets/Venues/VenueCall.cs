using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Domain.Markets.Registry;

namespace Platform.Workers.Markets.Venues;

/// <summary>Who goes first when a venue's budget runs out.</summary>
public enum CallPriority
{
    /// <summary>Filling what is missing of the past; half of the budget at most.</summary>
    Healing = 0,

    /// <summary>What the market does now; four fifths at most.</summary>
    Data,

    /// <summary>The account's own orders and balances: all of it.</summary>
    Orders,
}

/// <summary>One call to a venue, with what it costs there.</summary>
/// <param name="Path">From the root of the venue's address, without a query.</param>
/// <param name="Weight">In units of <paramref name="Limit"/>, by the venue's documentation.</param>
/// <param name="Limit">The name of the <see cref="Budgets.VenueLimit"/> that it is taken from; null: the venue's first.</param>
/// <param name="Parameters">Not encoded yet; those whose value is null are left out.</param>
/// <param name="TellsLimits">
/// Its answer says how much the venue allows: who has not heard it yet cannot be held to less than that.
/// </param>
/// <param name="Json">The body of venues that take JSON; null where there is none.</param>
internal sealed record VenueCall(
    HttpMethod Method, string Path, IReadOnlyList<(string Name, string? Value)> Parameters, int Weight = 1, string? Limit = null,
    bool IsSigned = false, string? Json = null, bool TellsLimits = false)
{
    /// <summary>The same call as the venue's WebSocket API takes it, where it has other words there; null: it takes none, or the same.</summary>
    public SpokenCall? Spoken { get; init; }

    private static readonly AsyncLocal<bool> IsHealing = new();
    private static readonly AsyncLocal<bool> IsForOrders = new();
    private static readonly AsyncLocal<VenueExit?> Leaving = new();

    /// <summary>What is signed concerns the account's own orders.</summary>
    public CallPriority Priority => (IsSigned, IsHealing.Value) switch
    {
        (true, _) => CallPriority.Orders,
        (_, true) => CallPriority.Healing,
        _ => CallPriority.Data,
    };

    /// <summary>Whether nobody asks for it once people stopped the venue's data: whatever takes no key.</summary>
    public bool IsData => !IsSigned && !IsForOrders.Value;

    /// <summary>What has to hold at the moment at which the call leaves; null: nothing has.</summary>
    public VenueExit? Exit => IsSigned ? Leaving.Value : null;

    /// <summary>The parameters as a query or a form: <c>a=1&amp;b=2</c>, in their order.</summary>
    public string Query => Encode(Parameters);

    /// <summary>Path and query, as they stand in the first line of the request.</summary>
    public string Target => Query is { Length: > 0 } query ? $"{Path}?{query}" : Path;

    /// <summary>The call as most venues take it: parameters in the query, the body in JSON.</summary>
    public HttpRequestMessage To(Uri root)
    {
        var request = new HttpRequestMessage(Method, new Uri(root, Target));
        if (Json is not null)
            request.Content = new StringContent(Json, Encoding.UTF8, "application/json");
        return request;
    }

    /// <summary>Public calls made in here wait behind all others.</summary>
    public static async Task<T> HealAsync<T>(Func<Task<T>> heal)
    {
        IsHealing.Value = true;
        return await heal();
    }

    /// <summary>Public calls made in here are what orders and cancels are written by, and no data.</summary>
    public static async Task<T> PrepareOrdersAsync<T>(Func<Task<T>> ask)
    {
        IsForOrders.Value = true;
        return await ask();
    }

    /// <summary>
    /// Whoever asked the gate before may have waited since for the venue's time, its budget or a connection: each signed call made in
    /// here asks once more, right before it is sent.
    /// </summary>
    public static async Task<T> LeaveAsync<T>(VenueExit exit, Func<Task<T>> send)
    {
        Leaving.Value = exit;
        return await send();
    }

    public static VenueCall Get(string path, params IReadOnlyList<(string Name, string? Value)> parameters) =>
        new(HttpMethod.Get, path, parameters);

    public static VenueCall Post(string path, params IReadOnlyList<(string Name, string? Value)> parameters) =>
        new(HttpMethod.Post, path, parameters);

    public static string Encode(IEnumerable<(string Name, string? Value)> parameters) => string.Join('&', parameters
        .Where(parameter => parameter.Value is not null)
        .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
}

/// <summary>When a call may leave: while the activity is not stopped, and not after an instant.</summary>
/// <param name="Until">By our clock; null: it may leave late.</param>
internal sealed record VenueExit(VenueActivity Activity, DateTimeOffset? Until = null);

/// <summary>A call in the words of a WebSocket API.</summary>
internal sealed record SpokenCall(string Method, JsonObject Parameters);

/// <summary>Reads what a venue answered; throws <see cref="JsonException"/>, or what reading a JSON element throws, where it is not as documented.</summary>
internal delegate T AnswerReader<out T>(JsonElement answer);
