using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>How this cluster issues tokens.</summary>
public sealed class TokenOptions
{
    public const string Section = "Platform:Tokens";

    /// <summary>The cluster's name: in every token, and no other cluster's tokens are taken.</summary>
    public string Issuer { get; set; } = "platform";

    /// <summary>How long an outer token lives before it has to be renewed; at most <see cref="TokenLife.LineageMax"/>.</summary>
    public TimeSpan OuterLife { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>Whether an outer token is good only from the /24 or /48 that it was issued to.</summary>
    public bool BindToNetwork { get; set; }
}
