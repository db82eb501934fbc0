namespace Platform.Domain.Secrets;

/// <summary>Why an envelope was not opened. For auditors; whoever asked is told nothing but that it was not.</summary>
public enum SecretFault
{
    /// <summary>No envelope of ours: truncated, another magic, format or algorithm, no ciphertext, key version 0.</summary>
    Malformed,

    /// <summary>The ring has no data key of that version.</summary>
    KeyUnknown,

    /// <summary>The data key's version is below the lowest that may decrypt.</summary>
    KeyRetired,

    /// <summary>Changed, or sealed for another address: the tag does not match.</summary>
    NotAuthentic,

    /// <summary>A whole envelope of this very secret, but not the one that was sealed last.</summary>
    RolledBack,
}
