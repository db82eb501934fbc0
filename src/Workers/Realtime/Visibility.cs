using System.Runtime.CompilerServices;

// The rules of resuming are tested step by step, without the loops that run them.
[assembly: InternalsVisibleTo("Platform.Workers.Tests")]
[assembly: InternalsVisibleTo("Platform.Benchmarks")]
