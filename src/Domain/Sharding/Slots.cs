namespace Platform.Domain.Sharding;

/// <summary>
/// The slots over which records are spread, 1 to 32,767: <c>1 + (XXH3-64(key) and 2^63-1) mod 32767</c>, the same in every
/// process, in the gateway and in the database.
/// </summary>
public static class Slots
{
    public const int Count = 32_767;

    // Systems that have signed integers alone cannot divide the unsigned hash: the mask is part of the definition.
    private const ulong Mask = long.MaxValue;

    /// <param name="hash">XXH3-64 of the key's UTF-8 bytes, without a seed.</param>
    public static int Of(ulong hash) => 1 + (int)((hash & Mask) % Count);

    /// <summary>Which of so many parts a slot belongs to; parts are ranges of slots, so that a range can move.</summary>
    /// <returns>0 to <paramref name="parts"/> - 1.</returns>
    public static int PartOf(int slot, int parts) => (int)((long)(slot - 1) * parts / Count);
}
