using System.CommandLine;
using Platform.Api.Secrets;
using Platform.Domain.Identity;
using Spectre.Console;

namespace Platform.Api.Identity;

/// <summary><c>platform permissions</c>: the whole matrix, as it is decided.</summary>
internal static class PermissionsCommand
{
    public static Command Create()
    {
        var print = new Command("permissions", "Print who may do what: every permission with the levels, the token and the second person it takes.");
        print.SetAction(_ => Print());
        return print;
    }

    private static void Print()
    {
        var table = new Table().AddColumns(
            "Permission", "What", "Scope", "Platform and pool level", "Token", "Duty", "Second person", "Break-glass");
        foreach (var permission in Permissions.All)
        {
            table.AddRow(
                permission.Id, permission.Summary, permission.Group.ToString(), GrantsOf(permission),
                permission.Tier.ToString(), permission.Duty is Duty.None ? "-" : permission.Duty.ToString(), permission.FourEyes ?? "-",
                permission.BreakGlass?.ToString() ?? "-");
        }

        Terminal.Print(table);
    }

    private static string GrantsOf(Permission permission) => permission.Grants.Count == 0
        ? "never"
        : string.Join(", or ", permission.Grants.Select(grant => grant.Pool is { } pool ? $"{grant.Platform} and {pool}" : $"{grant.Platform}"));
}
