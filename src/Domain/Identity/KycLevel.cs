namespace Platform.Domain.Identity;

/// <summary>How far a person's identity was checked ("know your customer"); limits depend on it.</summary>
public enum KycLevel
{
    None = 0,
    Basic = 1,
    Full = 2,
}
