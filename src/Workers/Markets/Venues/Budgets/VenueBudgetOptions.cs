using System.ComponentModel.DataAnnotations;

namespace Platform.Workers.Markets.Venues.Budgets;

/// <summary>From where venues see this process; the section <c>Platform:VenueBudget</c>.</summary>
public sealed class VenueBudgetOptions
{
    public const string Section = "Platform:VenueBudget";

    /// <summary>
    /// A name for the network address that the venues see: processes behind the same address have the same one. By default
    /// the machine's, which is right unless machines share an address.
    /// </summary>
    [Required]
    public string Address { get; set; } = Environment.MachineName;
}
