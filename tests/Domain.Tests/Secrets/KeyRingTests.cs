using Platform.Domain.Secrets;

namespace Platform.Domain.Tests.Secrets;

public sealed class KeyRingTests : SecretSpec
{
    private static readonly DateTimeOffset NextDay = Noon + KeyRingDecider.BetweenCounts;

    private static readonly KeyRingOpened Opened = new KeyRingOpened(Ring, Kek);

    private static DataKeyAdded Added(int version) => new DataKeyAdded(Ring, version, Noon);

    private static DataKeyRetired Retired(int version) => new DataKeyRetired(Ring, version, Noon);

    [Fact]
    public void Ring_begins_with_its_first_data_key_and_only_once()
    {
        Then(KeyRingDecider.Decide(new OpenKeyRing(Ring, Kek, Noon), ring: null), Opened, Added(1));
        Then(KeyRingDecider.Decide(new OpenKeyRing(Ring, Kek, Noon), Given(Opened, Added(1))));
    }

    [Fact]
    public void Newest_data_key_is_the_one_that_seals()
    {
        Then(KeyRingDecider.Decide(new AddDataKey(Noon), Given(Opened, Added(1))), Added(2));
        Assert.Equal(2, Given(Opened, Added(1), Added(2)).Active.Version);
    }

    [Fact]
    public void Envelope_has_room_for_65535_data_keys() => ThenRefused(
        KeyRingDecider.Decide(new AddDataKey(Noon), Given(Opened, Added(Envelope.KeyVersionMax))), "key_versions_exhausted");

    [Fact]
    public void Ring_wrapped_anew_keeps_its_data_keys()
    {
        var other = KekId.From("fedcba9876543210");

        Then(KeyRingDecider.Decide(new RewrapKeyRing(other), Given(Opened, Added(1))), new KeyRingRewrapped(Ring, other));
        Then(KeyRingDecider.Decide(new RewrapKeyRing(Kek), Given(Opened, Added(1))));
        var ring = Given(Opened, Added(1), new KeyRingRewrapped(Ring, other));
        Assert.Equal((other, 1), (ring.KekId, ring.Active.Version));
    }

    [Fact]
    public void Data_key_out_of_use_is_retired_and_still_decrypts()
    {
        Then(KeyRingDecider.Decide(new RetireDataKey(1, 0, Noon), Given(Opened, Added(1), Added(2))), Retired(1));
        Then(KeyRingDecider.Decide(new RetireDataKey(1, 0, NextDay), Given(Opened, Added(1), Added(2), Retired(1))));
        Assert.Equal(1, Given(Opened, Added(1), Added(2), Retired(1)).MinimumDecryptVersion);
    }

    [Fact]
    public void Data_key_in_use_is_not_retired()
    {
        ThenRefused(KeyRingDecider.Decide(new RetireDataKey(1, 1, Noon), Given(Opened, Added(1), Added(2))), "key_in_use");
        ThenRefused(KeyRingDecider.Decide(new RetireDataKey(2, 0, Noon), Given(Opened, Added(1), Added(2))), "key_active");
        ThenRefused(KeyRingDecider.Decide(new RetireDataKey(3, 0, Noon), Given(Opened, Added(1), Added(2))), "not_found");
    }

    [Fact]
    public void Data_key_is_destroyed_when_two_counts_a_day_apart_found_it_out_of_use()
    {
        var ring = Given(Opened, Added(1), Added(2), Retired(1));

        ThenRefused(KeyRingDecider.Decide(new DestroyDataKey(1, 0, NextDay.AddTicks(-1)), ring), "key_retired_recently");
        ThenRefused(KeyRingDecider.Decide(new DestroyDataKey(1, 1, NextDay), ring), "key_in_use");
        ThenRefused(KeyRingDecider.Decide(new DestroyDataKey(2, 0, NextDay), ring), "key_not_retired");
        ThenRefused(KeyRingDecider.Decide(new DestroyDataKey(3, 0, NextDay), ring), "not_found");
        Then(
            KeyRingDecider.Decide(new DestroyDataKey(1, 0, NextDay), ring),
            new MinimumDecryptVersionRaised(Ring, 2), new DataKeyDestroyed(Ring, 1));
    }

    [Fact]
    public void Data_keys_are_destroyed_oldest_first() => ThenRefused(
        KeyRingDecider.Decide(
            new DestroyDataKey(2, 0, NextDay), Given(Opened, Added(1), Added(2), Added(3), Retired(1), Retired(2))), "key_not_oldest");

    [Fact]
    public void Destroyed_data_key_is_gone_and_envelopes_of_its_version_stay_shut()
    {
        var ring = Given(
            Opened, Added(1), Added(2), Retired(1), new MinimumDecryptVersionRaised(Ring, 2), new DataKeyDestroyed(Ring, 1));

        Assert.Null(ring.Find(1));
        Assert.Equal((2, 2), (ring.MinimumDecryptVersion, ring.Active.Version));
    }

    [Theory]
    [InlineData(89, 0, false)]
    [InlineData(90, 0, true)]
    [InlineData(0, (1L << 30) - 1, false)]
    [InlineData(0, 1L << 30, true)]
    public void Data_key_is_replaced_after_90_days_or_2_to_the_30_seals(int days, long seals, bool isDue) => Assert.Equal(
        isDue, KeyRingDecider.IsRotationDue(Given(Opened, Added(1)), seals, Noon.AddDays(days)));

    private static KeyRing Given(params KeyRingEvent[] past) => past.Aggregate(default(KeyRing), KeyRing.Evolve)!;
}
