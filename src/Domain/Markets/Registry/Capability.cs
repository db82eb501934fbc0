namespace Platform.Domain.Markets.Registry;

/// <summary>What an exchange may be able to do: the thirty questions that are asked of each. The numbers are the design's.</summary>
public enum Capability
{
    Spot = 1,

    /// <summary>Cross or isolated.</summary>
    Margin = 2,
    PerpetualSwap = 3,
    DatedFutures = 4,
    Options = 5,

    /// <summary>One asset for another at a quoted price, off the book.</summary>
    InstantConvert = 6,
    OtcDesk = 7,
    PeerToPeer = 8,

    /// <summary>Trades settle on a chain, as on a decentralised exchange.</summary>
    OnChainSettlement = 9,
    Nft = 10,

    /// <summary>Staking, savings.</summary>
    Earn = 11,
    Borrowing = 12,

    /// <summary>An address to pay in to, by API.</summary>
    CryptoDepositAddress = 13,
    FiatBankDeposit = 14,
    CardDeposit = 15,

    /// <summary>By API.</summary>
    CryptoWithdraw = 16,
    FiatWithdraw = 17,

    /// <summary>Between accounts of one owner.</summary>
    InternalTransfer = 18,
    SubAccounts = 19,

    /// <summary>Which addresses are approved can be read by API.</summary>
    WithdrawalWhitelist = 20,

    /// <summary>Orders carry our name, and can be asked for by it.</summary>
    ClientOrderId = 21,

    /// <summary>Stop and trigger orders.</summary>
    StopOrders = 22,

    /// <summary>One cancels the other, or take profit and stop loss in one.</summary>
    BracketOrders = 23,
    PostOnly = 24,
    ReduceOnly = 25,
    TrailingStop = 26,

    /// <summary>The dead-man switch: all orders are canceled unless we say otherwise in time.</summary>
    CancelAllAfter = 27,

    /// <summary>Orders and fills are pushed to us.</summary>
    UserStream = 28,
    TestNetwork = 29,

    /// <summary>FIX, or another binary interface.</summary>
    FixInterface = 30,
}

/// <summary>The four kinds of questions.</summary>
public enum CapabilityGroup { Products, MoneyInAndOut, OrderFeatures, Access }

/// <summary>What is known of one capability.</summary>
public enum CapabilityValue
{
    /// <summary>Nobody has said; not the same as no.</summary>
    Unknown = 0,
    Yes,
    No,

    /// <summary>Not by the exchange itself, but made of what it has.</summary>
    Emulated,
}

/// <summary>One answer to one of the thirty questions.</summary>
/// <param name="Source">Who says so.</param>
/// <param name="Evidence">What exactly they say, or the page to read.</param>
/// <param name="At">When the source said so.</param>
public sealed record CapabilityFlag(Capability Flag, CapabilityValue Value, string Source, string Evidence, DateOnly At);

public static class CapabilityGroups
{
    extension(Capability capability)
    {
        public CapabilityGroup Group => capability switch
        {
            <= Capability.Borrowing => CapabilityGroup.Products,
            <= Capability.WithdrawalWhitelist => CapabilityGroup.MoneyInAndOut,
            <= Capability.CancelAllAfter => CapabilityGroup.OrderFeatures,
            _ => CapabilityGroup.Access,
        };
    }
}
