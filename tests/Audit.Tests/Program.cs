using Platform.Audit.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Chaining must survive SIGKILL, so a test starts this program a second time, as the worker, and kills it.
if (args is ["chain", var connection, var keyFolder])
{
    await new AuditedStore(connection, keyFolder).ChainForeverAsync();
}

return args.Contains("--server", StringComparer.Ordinal) || args.Contains("--internal-msbuild-node", StringComparer.Ordinal)
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
