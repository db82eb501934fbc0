using CsCheck;
using Platform.Domain.Snapshots;

namespace Platform.Domain.Tests.Snapshots;

public sealed class SampleTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<MergeLaw> Laws = Gen.Enum<MergeLaw>();

    // Few instants and few ties, so that many meet.
    private static readonly Gen<(int Second, int Tie, int Value, int Weight)[]> Raw =
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 3], Gen.Int[-50, 50], Gen.Int[1, 9]).Array[1, 60];

    [Fact]
    public void Order_and_grouping_do_not_matter() => Gen.Select(Laws, Raw, Gen.Int[0, 59], Gen.Int).Sample((law, raw, cut, seed) =>
    {
        var samples = raw.Select(one => Of(law, one)).ToList();
        var shuffled = samples.OrderBy(one => HashCode.Combine(seed, one)).ToList();
        var at = cut % samples.Count;

        var whole = law.Fold(samples);

        Assert.Equal(whole, law.Fold(shuffled));
        Assert.Equal(whole, law.Fold(new[] { law.Fold(samples.Take(at)), law.Fold(samples.Skip(at)) }.OfType<Sample>()));
    });

    [Fact]
    public void Sample_is_what_a_look_at_all_raw_values_says() => Raw.Sample(raw =>
    {
        var inOrder = raw.OrderBy(one => one.Second).ThenBy(one => one.Tie).ThenBy(one => one.Value).ToList();
        var bar = MergeLaw.Ohlcv.Fold(raw.Select(one => Of(MergeLaw.Ohlcv, one)))!;

        Assert.Equal(raw.Sum(one => one.Value), Value(MergeLaw.Sum));
        Assert.Equal(raw.Min(one => one.Value), Value(MergeLaw.Min));
        Assert.Equal(raw.Max(one => one.Value), Value(MergeLaw.Max));
        Assert.Equal(inOrder[^1].Value, Value(MergeLaw.Last));
        Assert.Equal((raw.Max(one => one.Value), raw.Min(one => one.Value), inOrder[^1].Value), (bar.B, bar.C, bar.D));
        Assert.Equal(raw.Sum(one => one.Weight), bar.Volume);
        Assert.Equal(
            decimal.Round((decimal)raw.Sum(one => one.Value * one.Weight) / raw.Sum(one => one.Weight), 16, MidpointRounding.ToEven),
            Value(MergeLaw.WeightedMean));
        Assert.Equal(raw.Length, bar.Inputs);

        decimal? Value(MergeLaw law) => law.Fold(raw.Select(one => Of(law, one)))!.ValueBy(law);
    });

    [Fact]
    public void Nothing_makes_no_sample() => Assert.Null(MergeLaw.Sum.Fold([]));

    private static Sample Of(MergeLaw law, (int Second, int Tie, int Value, int Weight) raw) =>
        Sample.Of(law, raw.Value, Start.AddSeconds(raw.Second), $"v{raw.Tie}", raw.Weight);
}
