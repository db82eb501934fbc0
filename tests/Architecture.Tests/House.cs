using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace Platform.Architecture.Tests;

/// <summary>The plan of the house (docs/ARCHITECTURE.md) and the house as it was built.</summary>
internal static class House
{
    /// <summary>A floor may use those after it, never those before.</summary>
    public static readonly string[] Floors = ["Api", "Workers", "Projections", "Domain"];

    /// <summary>A room may use those before it, never those after.</summary>
    public static readonly string[] Rooms =
    [
        "Values", "Sharding", "Cluster", "Secrets", "Pki", "Lists", "Identity", "Idempotency", "Realtime", "Limits", "Snapshots", "Markets", "Trading", "Custody",
        "Flows", "Strategies", "Pools", "Store", "Billing", "Ai", "Audit",
        // Beyond the plan, on the floor of Api alone: health, telemetry and documents look into every room.
        "Operation",
    ];

    public static readonly string[] Parts = [.. Floors, "Audit", "PaperVenue"];

    /// <summary>Every assembly of ours, with all that its code depends on.</summary>
    public static ArchUnitNET.Domain.Architecture Built { get; } =
        new ArchLoader().LoadAssemblies([.. Parts.Select(Of)]).Build();

    public static Assembly Of(string part) => Assembly.Load($"Platform.{part}");

    /// <summary>The parts of ours that an assembly references.</summary>
    public static IReadOnlyList<string> ReferencedBy(string part) =>
    [
        .. Of(part).GetReferencedAssemblies().Select(reference => reference.Name ?? string.Empty)
            .Where(name => name.StartsWith("Platform.", StringComparison.Ordinal))
            .Select(name => name["Platform.".Length..]).Order(StringComparer.Ordinal),
    ];

    /// <summary>Floor and room of a type; null when it stands in no room: at a floor's root, or outside the house.</summary>
    public static (int Floor, int Room)? PlaceOf(IType type) =>
        type.Namespace?.FullName.Split('.') is ["Platform", var floor, var room, ..]
        && Array.IndexOf(Floors, floor) is >= 0 and var onFloor && Array.IndexOf(Rooms, room) is >= 0 and var inRoom
            ? (onFloor, inRoom)
            : null;
}
