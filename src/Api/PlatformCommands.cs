using System.CommandLine;
using System.CommandLine.Help;
using JasperFx;
using Platform.Api.Identity;
using Platform.Api.Markets;
using Platform.Api.Markets.Registry;
using Platform.Api.Operation;
using Platform.Api.Secrets;
using Platform.Projections;
using Platform.Workers.Secrets;

namespace Platform.Api;

/// <summary>The command was given wrongly, or cannot be carried out; the message says what to do.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>What an operator does with the platform: commands of our own, and the framework's.</summary>
public static class PlatformCommands
{
    private const int Failed = 1;

    // As shells say of a program that SIGINT ended.
    private const int Interrupted = 130;

    extension(WebApplicationBuilder builder)
    {
        /// <summary>A command of our own says what it has to say by itself: its output is for people and pipes, not for logs.</summary>
        public void QuietForCommands(string[] args)
        {
            if (AreOurs(args))
                builder.Logging.ClearProviders();
        }
    }

    extension(WebApplication app)
    {
        /// <summary>Runs the command that the arguments name; without any, the platform itself.</summary>
        /// <returns>The exit code.</returns>
        public async Task<int> RunCommandAsync(string[] args)
        {
            if (!AreOurs(args))
                return await app.RunJasperFxCommands(args);

            await using (app)
                return await RunAsync(Root(app.Services), args);
        }
    }

    internal static Command Root(IServiceProvider services) => new(
        "platform",
        "What an operator does with the platform; without a word it runs. `platform help` lists what the framework does besides.")
    {
        KeysCommand.Create(services), SecretsCommand.Create(services), TokensCommand.Create(services), UsersCommand.Create(services),
        BarriersCommand.Create(services), RayCommand.Create(services), PermissionsCommand.Create(), ImportCommand.Create(services),
        FetchersCommand.Create(services), VenuesCommand.Create(services), new HelpOption(),
    };

    // What an operator can do something about is a sentence, not a stack.
    internal static async Task<int> RunAsync(Command root, string[] args)
    {
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted: what is done stays, and the same command goes on from there.");
            return Interrupted;
        }
        catch (Exception error) when (
            error is UsageException or SecretFileException or VaultSealedException or SecretUnreadableException)
        {
            return await FailAsync(error.Message);
        }
        catch (Exception error) when (error.IsStoreOutage)
        {
            return await FailAsync("The database cannot be reached; Platform__Postgres says where it is.");
        }
    }

    /// <returns>The exit code.</returns>
    internal static async Task<int> FailAsync(string why)
    {
        await Console.Error.WriteLineAsync($"error: {why}");
        return Failed;
    }

    private static bool AreOurs(string[] args) => args is
    [
        "keys" or "secrets" or "tokens" or "users" or "barriers" or "ray" or "permissions" or "import" or "fetchers" or "venues"
            or "--help" or "-h" or "-?",
        ..
    ];
}
