using System.Globalization;

namespace Platform.PaperVenue.Protocol;

/// <summary>What is done to the answer of an order or a cancel that was carried out.</summary>
public enum Fault
{
    None,
    DelayAck,
    DropAck,
    ErrorAfterAccept,
}

/// <summary>Shares from 0 to 1 of the answers that go wrong, so that clients can be tested against the worst.</summary>
public sealed class Faults(decimal delayAck, decimal dropAck, decimal errorAfterAccept, long seed)
{
    /// <summary>How long a delayed answer takes.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(3);

    private readonly ulong noise = Liquidity.Noise.Seed(seed, "faults");
    private long drawn;

    public static Faults None { get; } = new(0, 0, 0, 0);

    /// <summary>Reads <c>delay-ack=P,drop-ack=P,error-after-accept=P,seed=N</c>; all parts are optional.</summary>
    /// <exception cref="FormatException">The text is not of this form, or a share is not from 0 to 1.</exception>
    public static Faults Parse(string text)
    {
        var values = new Dictionary<string, decimal>(StringComparer.Ordinal)
        {
            ["delay-ack"] = 0, ["drop-ack"] = 0, ["error-after-accept"] = 0, ["seed"] = 1,
        };
        foreach (var part in text.Split(','))
        {
            var pair = part.Split('=');
            if (pair.Length != 2 || !values.ContainsKey(pair[0])
                || !decimal.TryParse(
                    pair[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                || (pair[0] is not "seed" && value > 1))
            {
                throw new FormatException($"Not a fault: {part}");
            }
            values[pair[0]] = value;
        }
        return new(values["delay-ack"], values["drop-ack"], values["error-after-accept"], (long)values["seed"]);
    }

    public Fault Draw()
    {
        var drawing = Liquidity.Noise.Unit(noise, Interlocked.Increment(ref drawn));
        if (drawing < delayAck)
            return Fault.DelayAck;
        if (drawing < delayAck + dropAck)
            return Fault.DropAck;
        return drawing < delayAck + dropAck + errorAfterAccept ? Fault.ErrorAfterAccept : Fault.None;
    }
}
