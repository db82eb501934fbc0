using CsCheck;
using Platform.Domain.Markets.Heatmap;

namespace Platform.Domain.Tests.Markets.Heatmap;

public sealed class PriceRingTests
{
    private const int Seconds = 2, Slots = 10, Slack = 3;
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<int[]> InOrder = Gen.Int[0, 300].Array[0, 60].Select(seconds => seconds.Order().ToArray());

    [Fact]
    public void Price_of_then_is_the_last_one_before_its_step_and_not_much_older() =>
        Gen.Select(InOrder, Gen.Int[0, 320]).Where(IsRemembered).Sample((seconds, asked) =>
            Assert.Equal(Naively(seconds, asked), Ring(seconds).Before(Noon.AddSeconds(asked))));

    [Fact]
    public void What_is_older_than_the_ring_is_what_it_was_or_forgotten() =>
        Gen.Select(InOrder, Gen.Int[0, 320]).Sample((seconds, asked) =>
        {
            var price = Ring(seconds).Before(Noon.AddSeconds(asked));

            // Every price says its own second, so a price of another lap of the ring would be seen here.
            Assert.True(price is null || asked / Seconds - ((int)price - 1) / Seconds is >= 1 and <= Slack);
        });

    [Fact]
    public void Price_that_comes_after_the_ring_has_gone_round_is_ignored()
    {
        var ring = Ring([100]);

        ring.Record(Noon.AddSeconds(100 - Slots * Seconds), 7m);

        Assert.Equal(101m, ring.Before(Noon.AddSeconds(102)));
        Assert.Null(ring.Before(Noon.AddSeconds(102 - Slots * Seconds)));
    }

    private static PriceRing Ring(int[] seconds)
    {
        var ring = new PriceRing(TimeSpan.FromSeconds(Seconds), Slots);
        foreach (var second in seconds)
            ring.Record(Noon.AddSeconds(second), second + 1);
        return ring;
    }

    // All steps that the answer may come from are still in the ring.
    private static bool IsRemembered((int[] Seconds, int Asked) at) =>
        at.Seconds.Length == 0 || at.Asked / Seconds - Slack > at.Seconds[^1] / Seconds - Slots;

    private static decimal? Naively(int[] seconds, int asked) =>
        seconds.Where(second => asked / Seconds - second / Seconds is >= 1 and <= Slack).Select(second => (decimal?)second + 1).LastOrDefault();
}
