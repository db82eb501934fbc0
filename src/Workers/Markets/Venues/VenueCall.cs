using System.Text.Json;

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
    private static readonly AsyncLocal<bool> IsHealing = new();

    /// <summary>What is signed concerns the account's own orders.</summary>
    public CallPriority Priority => (IsSigned, IsHealing.Value) switch
    {
        (true, _) => CallPriority.Orders,
        (_, true) => CallPriority.Healing,
        _ => CallPriority.Data,
    };

    /// <summary>The parameters as a query or a form: <c>a=1&amp;b=2</c>, in their order.</summary>
    public string Query => Encode(Parameters);

    /// <summary>Public calls made in here wait behind all others.</summary>
    public static async Task<T> HealAsync<T>(Func<Task<T>> heal)
    {
        IsHealing.Value = true;
        return await heal();
    }

    public static VenueCall Get(string path, params IReadOnlyList<(string Name, string? Value)> parameters) =>
        new(HttpMethod.Get, path, parameters);

    public static VenueCall Post(string path, params IReadOnlyList<(string Name, string? Value)> parameters) =>
        new(HttpMethod.Post, path, parameters);

    public static string Encode(IEnumerable<(string Name, string? Value)> parameters) => string.Join('&', parameters
        .Where(parameter => parameter.Value is not null)
        .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
}

/// <summary>Reads what a venue answered; throws <see cref="JsonException"/>, or what reading a JSON element throws, where it is not as documented.</summary>
internal delegate T AnswerReader<out T>(JsonElement answer);
