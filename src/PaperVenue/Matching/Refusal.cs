namespace Platform.PaperVenue.Matching;

/// <summary>The venue's "no": its error code (always negative), its words and their HTTP status.</summary>
public sealed record Refusal(int Code, string Message, int Status = 400)
{
    public static Refusal Filter(string name) => new(-1013, $"Filter failure: {name}");

    public static Refusal NewOrder(string words) => new(-2010, words);

    public static Refusal InsufficientBalance { get; } =
        NewOrder("Account has insufficient balance for requested action.");

    public static Refusal DuplicateOrder { get; } = NewOrder("Duplicate order sent.");

    public static Refusal WouldTake { get; } = NewOrder("Order would immediately match and take.");

    public static Refusal UnknownOrder { get; } = new(-2011, "Unknown order sent.");

    public static Refusal InvalidSymbol { get; } = new(-1121, "Invalid symbol.");
}
