namespace Platform.Domain.Snapshots;

/// <summary>How far a gap is from being closed.</summary>
public enum GapState
{
    /// <summary>Something was missed, or may have been.</summary>
    Suspect,

    /// <summary>Asked for once at least, and not had.</summary>
    Confirmed,

    /// <summary>Being asked for now.</summary>
    Healing,

    /// <summary>What was missing is there.</summary>
    Healed,

    /// <summary>The source showed that there was nothing.</summary>
    EmptyProved,

    /// <summary>Asked for in vain so often that nobody asks any more.</summary>
    Abandoned,
}

/// <summary>What asking brought.</summary>
public abstract record HealOutcome
{
    private HealOutcome() { }

    /// <param name="By">The source that gave it.</param>
    /// <param name="Remark">What else was seen; null when nothing.</param>
    public sealed record Healed(string By, string? Remark = null) : HealOutcome;

    /// <param name="By">The source that showed it.</param>
    /// <param name="Remark">What else was seen; null when nothing.</param>
    public sealed record Empty(string By, string? Remark = null) : HealOutcome;

    public sealed record Failed(string Reason) : HealOutcome;

    /// <summary>The source was not asked, for people stopped that: no try was made.</summary>
    public sealed record Stopped(string Reason) : HealOutcome;
}

/// <summary>A stretch [From, To) of a series' bin of which something is missing. Its rules are pure; what it is now is a row.</summary>
/// <param name="Cause">In a word or two, as the detector calls it: disconnect, hole, trade_ids, book_desync, silence, clock, trades_missed.</param>
/// <param name="Tries">How often it was asked for.</param>
/// <param name="HealedBy">The source that closed it; null while it is open, or when it was given up.</param>
/// <param name="Reason">Why the last try brought nothing, or what was seen beside it; null when there is nothing to say.</param>
/// <param name="Evidence">What the detector saw, such as the ids that are missing; null when the cause says it all.</param>
public sealed record Gap(
    Guid Id, string Series, string Bin, DateTimeOffset From, DateTimeOffset To, string Cause, GapState State, int Tries,
    DateTimeOffset OpenedAt, DateTimeOffset NextTryAt, string? HealedBy = null, string? Reason = null, DateTimeOffset? ClosedAt = null,
    string? Evidence = null)
{
    public const int TriesMax = 8;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WaitMax = TimeSpan.FromHours(6);

    public bool IsOpen => State is GapState.Suspect or GapState.Confirmed or GapState.Healing;

    /// <summary>Somebody asks now. Whoever dies over it has not closed it: after a while it is asked for again.</summary>
    /// <param name="patience">How long nobody else asks.</param>
    /// <exception cref="InvalidOperationException">It is closed.</exception>
    public Gap Begin(DateTimeOffset now, TimeSpan patience) => IsOpen
        ? this with { State = GapState.Healing, Tries = Tries + 1, NextTryAt = now + patience }
        : throw new InvalidOperationException("A closed gap is not healed again.");

    /// <summary>What became of the try.</summary>
    /// <exception cref="InvalidOperationException">Nobody was asking.</exception>
    public Gap Settle(HealOutcome outcome, DateTimeOffset now) => (State, outcome) switch
    {
        (not GapState.Healing, _) => throw new InvalidOperationException("Nobody was healing this gap."),
        (_, HealOutcome.Healed healed) => this with { State = GapState.Healed, HealedBy = healed.By, Reason = healed.Remark, ClosedAt = now },
        (_, HealOutcome.Empty empty) => this with { State = GapState.EmptyProved, HealedBy = empty.By, Reason = empty.Remark, ClosedAt = now },
        (_, HealOutcome.Failed failed) when Tries >= TriesMax =>
            this with { State = GapState.Abandoned, Reason = failed.Reason, ClosedAt = now },
        (_, HealOutcome.Failed failed) => this with { State = GapState.Confirmed, Reason = failed.Reason, NextTryAt = now + Wait(Tries) },
        (_, HealOutcome.Stopped stopped) =>
            this with { State = Tries == 1 ? GapState.Suspect : GapState.Confirmed, Tries = Tries - 1, Reason = stopped.Reason, NextTryAt = now + FirstWait },
        _ => this,
    };

    // One minute, doubled with each try.
    private static TimeSpan Wait(int tries) =>
        TimeSpan.FromTicks(Math.Min(WaitMax.Ticks, FirstWait.Ticks << Math.Min(tries - 1, 30)));
}
