using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>
/// The trades of one venue on one market, counted in the venue's order. After each connection those of the stream wait until
/// the venue was asked for what was missed, as a book waits for its snapshot.
/// </summary>
internal sealed class TradeJoin(MarketIntake intake, Action behind)
{
    // What waits beyond this is let go: the venue is asked for it.
    private const int HeldMax = 4096;

    private readonly Lock gate = new();
    private readonly List<PublicTrade> held = [];
    private bool isJoined;

    public MarketIntake Intake => intake;

    /// <summary>The stream begins anew, and may have missed something.</summary>
    public void Begin()
    {
        lock (gate)
        {
            isJoined = false;
            held.Clear();
        }

        behind();
    }

    public void Traded(in PublicTrade trade)
    {
        lock (gate)
        {
            if (isJoined && intake.Trade(trade))
                return;

            if (held.Count == HeldMax)
                held.Clear();
            held.Add(trade);
            if (!isJoined)
                return;

            isJoined = false;
        }

        behind();
    }

    /// <summary>What the venue answered about the trades after the last one that was counted.</summary>
    /// <returns>Whether the stream goes on from there; otherwise the venue is to be asked for more.</returns>
    public bool TryJoin(IReadOnlyList<PublicTrade> missed)
    {
        if (!missed.All(trade => intake.Trade(trade)))
            return false;

        lock (gate)
        {
            // The answer is a page: it joins where it has nothing more to tell, or reaches what waits.
            if (missed.Count > 0 && !Reaches(missed))
                return false;

            if (!held.TrueForAll(trade => intake.Trade(trade)))
                return false;

            held.Clear();
            isJoined = true;
            return true;
        }
    }

    private bool Reaches(IReadOnlyList<PublicTrade> missed) =>
        held is [var first, ..] && (missed[^1].At > first.At || missed.Any(trade => trade.Id == first.Id));
}
