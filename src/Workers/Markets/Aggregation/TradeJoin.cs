using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>
/// The trades of one venue on one market, counted in the venue's order. After each connection those of the stream wait until
/// the venue was asked for what was missed, as a book waits for its snapshot.
/// </summary>
internal sealed class TradeJoin(MarketIntake intake, TimeProvider time, Action behind)
{
    // What waits beyond this is let go: the venue is asked for it.
    private const int HeldMax = 4096;

    private readonly Lock gate = new();
    private readonly List<PublicTrade> held = [];
    private bool isJoined;
    // Joined before the stream said anything: whether that was before it listened shows with its first trade.
    private bool isQuiet;
    // Some of what was missed is told by nobody any more.
    private bool hasHole;
    private int beginnings;
    private DateTimeOffset begunAt;

    public MarketIntake Intake => intake;

    /// <summary>Rises whenever what waits begins anew: what was asked for before then may lack some of what came since.</summary>
    public int Beginnings
    {
        get
        {
            lock (gate)
                return beginnings;
        }
    }

    /// <summary>The stream begins anew, and may have missed something.</summary>
    public void Begin()
    {
        lock (gate)
        {
            Leave();
            HoldAnew();
        }

        behind();
    }

    public void Traded(in PublicTrade trade)
    {
        lock (gate)
        {
            if (isJoined && !isQuiet && intake.Trade(trade))
                return;

            if (held.Count == HeldMax)
                HoldAnew();
            held.Add(trade);
            if (!isJoined)
                return;

            Leave();
        }

        behind();
    }

    /// <summary>Not all that was missed can be had: what is counted is whole only from the last beginning on.</summary>
    public void Miss()
    {
        lock (gate)
            hasHole = true;
    }

    /// <summary>Counts what waits behind what the venue answered about the trades after the last one before.</summary>
    /// <param name="missed">They are counted.</param>
    /// <param name="askedAt">The <see cref="Beginnings"/> when the venue was asked.</param>
    /// <param name="goesOn">The venue was asked from the last one that was counted on, and not from anywhere.</param>
    /// <returns>Whether the stream goes on from there; otherwise the venue is to be asked for more.</returns>
    public bool TryJoin(IReadOnlyList<PublicTrade> missed, int askedAt, bool goesOn)
    {
        lock (gate)
        {
            if (askedAt != beginnings)
                return false;

            // The answer is a page: it joins where it has nothing more to tell, or reaches what waits.
            if (missed.Count > 0 && !Reaches(missed))
                return false;

            if (!held.TrueForAll(trade => intake.Trade(trade)))
                return false;

            (isJoined, isQuiet) = (true, goesOn && held.Count == 0);
            held.Clear();
            intake.Resume(begunAt, goesOn && !hasHole);
            hasHole = false;
            return true;
        }
    }

    private void Leave()
    {
        isJoined = false;
        intake.Interrupt();
    }

    private void HoldAnew()
    {
        held.Clear();
        (beginnings, begunAt) = (beginnings + 1, time.GetUtcNow());
    }

    private bool Reaches(IReadOnlyList<PublicTrade> missed) =>
        held is [var first, ..] && (missed[^1].At > first.At || missed.Any(trade => trade.Id == first.Id));
}
