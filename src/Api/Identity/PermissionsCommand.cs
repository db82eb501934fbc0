using JasperFx.CommandLine;
using Platform.Domain.Identity;
using Spectre.Console;

namespace Platform.Api.Identity;

/// <summary><c>platform permissions</c>: the whole matrix, as it is decided.</summary>
[Description("Prints who may do what: every permission with the levels, the token and the second person it takes", Name = "permissions")]
public sealed class PermissionsCommand : JasperFxCommand<NetCoreInput>
{
    private const int RedirectedWidth = 240;

    public override bool Execute(NetCoreInput input)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            "Permission", "What", "Scope", "Platform and pool level", "Token", "Duty", "Second person", "Break-glass");
        foreach (var permission in Permissions.All)
        {
            table.AddRow(
                permission.Id, permission.Summary, permission.Group.ToString(), GrantsOf(permission),
                permission.Tier.ToString(), permission.Duty is Duty.None ? "-" : permission.Duty.ToString(), permission.FourEyes ?? "-",
                permission.BreakGlass?.ToString() ?? "-");
        }

        // A file or a pipe has no width to fit in.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = RedirectedWidth;
        AnsiConsole.Write(table);
        return true;
    }

    private static string GrantsOf(Permission permission) => permission.Grants.Count == 0
        ? "never"
        : string.Join(", or ", permission.Grants.Select(grant => grant.Pool is { } pool ? $"{grant.Platform} and {pool}" : $"{grant.Platform}"));

}
