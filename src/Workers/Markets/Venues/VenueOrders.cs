using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues;

/// <summary>What is the same at venues that take an order, or a cancel, before they say what becomes of it.</summary>
internal static class VenueOrders
{
    /// <summary>The order as far as a bare "taken" tells.</summary>
    public static VenueOrder Taken(NewVenueOrder order, string venueOrderId, DateTimeOffset? at = null) => new(
        order.Instrument.VenueSymbol, venueOrderId, order.ClientOrderId, VenueOrderStatus.New, order.Side, order.Type,
        order.LimitPrice, order.Quantity ?? Quantity.Zero, Quantity.Zero, QuoteFilled: null, Fills: [], at);

    /// <summary>Cancels once, and asks how the order stands then: it may have been filled meanwhile, or be open still.</summary>
    /// <param name="askAsync">By the venue's id of the order.</param>
    public static async Task<VenueAnswer<VenueOrder>> CancelThenAskAsync(
        Func<Task<VenueAnswer<string>>> cancelAsync, Func<string, Task<VenueAnswer<VenueOrder>>> askAsync)
    {
        var answer = await cancelAsync();
        return answer is VenueAnswer<string>.Answered { Value: var id }
            ? await askAsync(id)
            : answer.Map<VenueOrder>(_ => throw new InvalidOperationException("An answer that is none."));
    }

    /// <summary>The platform's id where the venue takes it, else one that is made of it alone.</summary>
    /// <param name="lengthMax">In letters and digits, which every venue takes; 64 at most.</param>
    public static string Token(string clientId, int lengthMax) =>
        clientId.Length <= lengthMax && clientId.All(char.IsAsciiLetterOrDigit)
            ? clientId
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clientId)))[..lengthMax];
}
