using System.Runtime.CompilerServices;
using Platform.Domain.Identity;

namespace Platform.Domain.Tests.Identity;

/// <summary>Every cell of the matrix against a table that was written from the security model, not from the code.</summary>
public sealed class PermissionMatrixTests(ITestOutputHelper output)
{
    private static readonly TokenTier[] Tiers = Enum.GetValues<TokenTier>();
    private static readonly PlatformLevel[] PlatformLevels = Enum.GetValues<PlatformLevel>();
    private static readonly PoolLevel[] PoolLevels = Enum.GetValues<PoolLevel>();
    private static readonly FeatureGroups[] Scopes =
        [FeatureGroups.None, .. Enum.GetValues<FeatureGroups>().Where(group => int.IsPow2((int)group)), FeatureGroups.Everything];

    private static readonly IReadOnlyDictionary<string, Row> Table = Read();

    private static IEnumerable<AccessRequest> Requests =>
        from platform in PlatformLevels
        from pool in PoolLevels
        from tier in Tiers
        from scopes in Scopes
        from glass in (bool[])[false, true]
        select new AccessRequest(platform, pool, Plan.Free, tier, scopes) { BreaksGlass = glass };

    [Fact]
    public void Every_permission_stands_in_the_table() =>
        Assert.Equal(Table.Keys.Order(StringComparer.Ordinal), Permissions.All.Select(permission => permission.Id));

    [Fact]
    public void Every_combination_is_decided_as_the_table_says()
    {
        var differing = (
            from permission in Permissions.All
            from request in Requests
            where PermissionMatrix.Decide(permission, request).IsAllowed != Table[permission.Id].Allows(request)
            select $"{permission.Id}: {request}").Take(10).ToList();

        Assert.Empty(differing);
        output.WriteLine($"{Permissions.All.Count} permissions x {Requests.Count()} callers = {Permissions.All.Count * Requests.Count()} combinations");
    }

    [Fact]
    public void What_nobody_knows_is_denied_to_everybody() => Assert.All(
        Requests, request => Assert.Equal(new(Denial.UnknownPermission, IsHidden: true), PermissionMatrix.Decide(permission: null, request)));

    [Fact]
    public void No_secret_is_ever_revealed() => Assert.All(
        Requests, request => Assert.Equal(Denial.Never, PermissionMatrix.Decide(PoolPermissions.RevealSecret, request).Denial));

    [Fact]
    public void To_an_outsider_with_a_token_nothing_of_a_pool_exists() => Assert.All(
        from permission in Permissions.All.Where(permission => permission.IsPooled)
        from request in Requests
        where request is { Pool: PoolLevel.Outsider, Tier: not TokenTier.None }
        select PermissionMatrix.Decide(permission, request),
        decision => Assert.Equal(!decision.IsAllowed, decision.IsHidden));

    [Fact]
    public void Higher_level_may_all_that_the_lower_may_but_for_the_custodians_duty() => Assert.Empty((
        from permission in Permissions.All
        from request in Requests
        where PermissionMatrix.Decide(permission, request).IsAllowed
        from raised in (AccessRequest[])
        [
            request with { Platform = (PlatformLevel)Math.Min((int)request.Platform + 1, (int)PlatformLevel.Architect) },
            request with { Pool = (PoolLevel)Math.Min((int)request.Pool + 1, (int)PoolLevel.Owner) },
        ]
        where !(permission.Duty is Duty.Initiate && raised.Pool is PoolLevel.Custodian)
        where !PermissionMatrix.Decide(permission, raised).IsAllowed
        select $"{permission.Id}: {request} but not {raised}").Take(10));

    [Fact]
    public void Nobody_approves_what_they_started() => Assert.All(
        from permission in Permissions.All.Where(permission => permission.Duty is Duty.Approve)
        from request in Requests
        where !request.BreaksGlass
        select PermissionMatrix.Decide(permission, request with { IsInitiator = true }),
        decision => Assert.False(decision.IsAllowed));

    [Theory]
    [InlineData(PoolLevel.Manager, PoolLevel.Trader, null)]
    [InlineData(PoolLevel.Manager, PoolLevel.Manager, Denial.TargetNotBelow)]
    [InlineData(PoolLevel.Manager, PoolLevel.Owner, Denial.TargetNotBelow)]
    [InlineData(PoolLevel.Custodian, PoolLevel.Manager, null)]
    [InlineData(PoolLevel.Owner, PoolLevel.Owner, null)]
    public void Only_levels_below_ones_own_are_given(PoolLevel own, PoolLevel target, Denial? denial) => Assert.Equal(
        denial,
        PermissionMatrix.Decide(
            PoolPermissions.AddMember,
            new(PlatformLevel.Member, own, Plan.Free, TokenTier.Danger, FeatureGroups.Everything) { Target = target }).Denial);

    [Fact]
    public void Plan_that_does_not_include_it_is_refused() => Assert.Equal(
        Denial.PlanTooLow,
        PermissionMatrix.Decide(
            PoolPermissions.PlaceOrder with { Plan = Plan.Pro },
            new(PlatformLevel.Architect, PoolLevel.Owner, Plan.Free, TokenTier.Outer, FeatureGroups.Everything)).Denial);

    private static Dictionary<string, Row> Read([CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "permissions.csv"))
            .Where(line => !line.StartsWith('#')).Skip(1).Select(line => line.Split(','))
            .ToDictionary(cells => cells[0], cells => new Row(cells), StringComparer.Ordinal);

    private sealed record Row(string[] Cells)
    {
        public bool Allows(AccessRequest request)
        {
            if (request.Tier < Enum.Parse<TokenTier>(Cells[1]))
                return false;
            if (Cells[1] is not "None" && !request.Scopes.HasFlag(Enum.Parse<FeatureGroups>(Cells[2])))
                return false;
            if (Cells[3..11].All(cell => cell is "-"))
                return false;
            if (request.BreaksGlass && Cells[11] is not "-" && request.Platform >= Enum.Parse<PlatformLevel>(Cells[11]))
                return true;

            var cell = Cells[3 + (int)request.Platform];
            return cell is "*" || cell.Contains((char)('0' + (int)request.Pool));
        }
    }
}
