using Npgsql;

namespace Platform.Tests.Support;

/// <summary>
/// Empty databases for tests, one for each test that asks, on the server that <c>PLATFORM_TEST_DB</c> names (a connection
/// string that may create databases); when it is unset, on this checkout's own test server, started on demand.
/// </summary>
public static class TestDatabase
{
    private const int LongestName = 63;

    /// <summary>Creates an empty database and tells how to connect to it.</summary>
    /// <param name="name">What the database is for; makes its unique name readable. Lower-case letters and underscores.</param>
    public static async Task<string> CreateAsync(string name)
    {
        var server = new NpgsqlConnectionStringBuilder(await ServerAsync());
        var suffix = $"_{Guid.CreateVersion7():N}";
        var database = name[..Math.Min(name.Length, LongestName - suffix.Length)] + suffix;

        // template0: nobody ever connects to it, so any number of tests may copy it at once.
        await ExecuteAsync(server.ConnectionString, $"""CREATE DATABASE "{database}" TEMPLATE template0""");
        server.Database = database;

        return server.ConnectionString;
    }

    /// <summary>Drops a database that <see cref="CreateAsync"/> made, whoever is still connected to it.</summary>
    public static async Task DropAsync(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        await using (var pool = new NpgsqlConnection(connectionString))
            NpgsqlConnection.ClearPool(pool);

        var server = new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres" };
        await ExecuteAsync(server.ConnectionString, $"""DROP DATABASE IF EXISTS "{target.Database}" WITH (FORCE)""");
    }

    private static async Task<string> ServerAsync() =>
        Environment.GetEnvironmentVariable("PLATFORM_TEST_DB") is { Length: > 0 } server
            ? server
            : await Script.OutputAsync(
                "scripts/postgres.sh", ["test-connection"], new Dictionary<string, string>(), CancellationToken.None);

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
