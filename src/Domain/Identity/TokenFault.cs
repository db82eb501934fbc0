namespace Platform.Domain.Identity;

/// <summary>Why a token was not believed: for the security log alone. Whoever brought it learns no more than that it is not good.</summary>
public enum TokenFault
{
    /// <summary>Too long, another header, not the one spelling of base64url, not three parts.</summary>
    Malformed,

    /// <summary>Signed by no key of this tier.</summary>
    UnknownKey,

    /// <summary>Forged, altered, or made for another context than this one.</summary>
    BadSignature,

    /// <summary>Rightly signed, yet not the claims that such a token has.</summary>
    BadClaims,

    /// <summary>Says it was issued when its key did not sign.</summary>
    KeyNotInUse,

    /// <summary>Made by, or for, somebody else.</summary>
    WrongAudience,

    /// <summary>Issued in the future, as if clocks were further apart than they may be.</summary>
    FromTheFuture,

    /// <summary>Not to be used yet.</summary>
    TooEarly,

    /// <summary>Ended.</summary>
    Expired,

    /// <summary>Lives longer than any of its tier may: whoever issued it was set up wrongly.</summary>
    TooLong,

    /// <summary>A barrier stands before it.</summary>
    Barred,

    /// <summary>Bound to a network from which the caller does not come.</summary>
    OtherNetwork,

    /// <summary>Bound to a certificate that the caller did not show.</summary>
    OtherHolder,

    /// <summary>Not the caller's fault: this node does not know the latest barriers.</summary>
    BarriersStale,

    /// <summary>Not the caller's fault: this node does not know what time it is.</summary>
    ClockOff,

    /// <summary>Not the caller's fault: every key that could sign is barred.</summary>
    NoKey,
}
