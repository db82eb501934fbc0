using System.CommandLine;
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
                return await RunAsync(
                    new RootCommand("What an operator does with the platform.")
                    {
                        KeysCommand.Create(app.Services), SecretsCommand.Create(app.Services),
                        TokensCommand.Create(app.Services), UsersCommand.Create(app.Services), BarriersCommand.Create(app.Services),
                        RayCommand.Create(app.Services), PermissionsCommand.Create(), ImportCommand.Create(app.Services),
                        FetchersCommand.Create(app.Services),
                        VenuesCommand.Create(app.Services),
                    },
                    args);
        }
    }

    private static bool AreOurs(string[] args) => args is ["keys" or "secrets" or "tokens" or "users" or "barriers" or "ray" or "permissions" or "import" or "fetchers" or "venues", ..];

    // What an operator can do something about is a sentence, not a stack.
    private static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception error) when (
            error is UsageException or SecretFileException or VaultSealedException or SecretUnreadableException)
        {
            await Console.Error.WriteLineAsync($"error: {error.Message}");
        }
        catch (Exception error) when (error.IsStoreOutage)
        {
            await Console.Error.WriteLineAsync("error: The database cannot be reached; Platform__Postgres says where it is.");
        }

        return Failed;
    }
}
