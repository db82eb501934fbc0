using System.CommandLine;
using System.Net;
using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>
/// <c>platform barriers raise SCOPE [SUBJECT]</c>: ends what was issued, on every node within a second. Also what staff has no
/// endpoint for: everybody, one node, and a signing key that was stolen.
/// </summary>
internal static class BarriersCommand
{
    private static readonly Argument<string> Scope = new("scope") { Description = "Whom it concerns." };

    private static readonly Argument<string?> Subject = new("subject")
    {
        Description = "The id; a network as in 203.0.113.0/24; a node's thumbprint; a signing key's id, as in the footer of its tokens.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create(IServiceProvider services)
    {
        Scope.AcceptOnlyFromAmong("everybody", "user", "session", "pool", "network", "node", "signing-key");
        var raise = new Command("raise", "End everything that was issued to somebody until now.") { Scope, Subject };
        raise.SetAction((arguments, stop) => RaiseAsync(services, arguments.GetRequiredValue(Scope), arguments.GetValue(Subject), stop));
        return new("barriers", "What keeps out tokens that were issued before an instant.") { raise };
    }

    private static async Task<int> RaiseAsync(IServiceProvider services, string scope, string? subject, CancellationToken stop)
    {
        var barred = SubjectOf(services.GetRequiredService<BarrierSubjects>(), scope, subject)
            ?? throw new UsageException($"That names no {scope}.");
        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession();
        var raised = await session.RaiseBarriersAsync([barred], BarrierCause.Panic, stop);
        await session.SaveChangesAsync(stop);
        var until = DateTimeOffset.FromUnixTimeMilliseconds(raised.Until);
        await Console.Out.WriteLineAsync($"What was issued to {scope}{(subject is null ? "" : $" {subject}")} until {until:O} is good for nothing.".AsMemory(), stop);
        return 0;
    }

    private static BarrierSubject? SubjectOf(BarrierSubjects subjects, string scope, string? name) => (scope, name) switch
    {
        ("everybody", null) => subjects.Everybody,
        ("user", _) when Guid.TryParse(name, out var id) => subjects.User(UserId.From(id)),
        ("session", _) when Guid.TryParse(name, out var id) => subjects.Session(SessionId.From(id)),
        ("pool", _) when Guid.TryParse(name, out var id) => subjects.Pool(PoolId.From(id)),
        ("network", _) when IPNetwork.TryParse(name, out var network) => subjects.Barrable(network),
        ("node", { Length: > 0 }) => subjects.Node(name),
        ("signing-key", { Length: > 0 }) => subjects.SigningKey(name),
        _ => null,
    };
}
